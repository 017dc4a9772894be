// The formats that contracts assert, each by the RFC that JSON Schema names for it: what conforms and what doesn't.
#include <gtest/gtest.h>

#include "contracts/schema/formats.hpp"

namespace headgate {
namespace {

using schema::Format;

struct Case {
    const char* format;
    std::vector<std::string> good, bad;
};

const Case cases[] = {
    {"date-time",
     {"2026-11-23T09:15:00Z", "2026-11-23t09:15:00.123456789+01:00", "1998-12-31T23:59:60Z",
      "1998-12-31T15:59:60-08:00", "0000-01-01T00:00:00z", "2026-11-23T09:15:00-00:00"},
     {"2026-11-23 09:15:00Z", "2026-11-23T09:15:00", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z",
      "1998-12-31T22:59:60Z", "2026-11-23T09:15:00.Z", "2026-11-23T09:15:00+1:00", "2026-11-23T09:15:00+24:00",
      "2026-11-23T09:60:00Z", "2026-11-23T09:15:61Z", "2026-11-23T09:15:00ZZ", "2026-11-23T", "26-11-23T09:15:00Z",
      "2026-11-2\xE0\xA7\xAAT09:15:00Z"}},
    {"date",
     {"2026-11-23", "2024-02-29", "2000-02-29", "0001-01-01"},
     {"2026-13-01", "2026-00-01", "2026-2-01", "1900-02-29", "20261123", "", "2026-04-31", "2026-01-00", "-026-01-01",
      "2026-11-23Z", "2026/11/23"}},
    {"time",
     {"08:30:06Z", "08:30:06.2+00:20", "23:59:60Z", "00:29:60+00:30", "22:59:60-01:00"},
     {"08:30:06", "8:30:06Z", "08:30:06 Z", "24:00:00Z", "23:58:60Z", "08:30:06-0800", "08:30:06+08", "01:02:03+00:60",
      "08:30Z"}},
    {"duration",
     {"P4DT12H30M5S", "P1Y", "PT0S", "P4W", "P1M2D", "P1Y2M3D", "PT36H", "P1YT1H"},
     {"", "P", "PT", "P1", "P1D2Y", "P2W1D", "4DT1H", "P1Y2D", "PT1H2S", "P1YT", "PT1D", "P1.5D", "p1d", "P-1D",
      "P1DT1W", "P1S"}},
    {"email",
     {"joe@example.com", "te~st@example.com", "\"joe bloggs\"@example.com", "\"joe@bloggs\"@example.com",
      "\"a\\\"b\"@example.com", "a@[127.0.0.1]", "a@[IPv6:::1]", "te.s.t@example.com", "a+b@example"},
     {"2962", ".test@example.com", "te..st@example.com", "test.@example.com", "joe@", "@example.com", "a@-b.com",
      "a b@example.com", "a@[127.0.0.300]", "\"a\\\"@example.com", "\"a\\\\\"b\"@example.com", "a@b@c.com",
      "j\xC3\xB6@example.com", std::string(65, 'a') + "@example.com"}},
    {"hostname",
     {"www.example.com", "a", "1host", "xn--4gbwdl.xn--wgbh1c", std::string(63, 'a')},
     {"-a.com", "a-.com", "a_b", "", "a..b", "a.", ".a", std::string(64, 'a'),
      "b\xC3\xBC"
      "cher.de",
      "a b"}},
    {"ipv4",
     {"192.168.0.1", "0.0.0.0", "255.255.255.255"},
     {"256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "0x7f.1.1.1", "1..2.3", "", "1.2.3.", "2130706433"}},
    {"ipv6",
     {"::1", "::", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "1::8", "1:2:3:4:5:6:7::", "::42:ff:1", "1:2::192.168.0.1",
      "1:2:3:4:5:6:1.2.3.4", "ABCD::"},
     {"1:2:3", ":::1", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1:", "", ":1", "::1%eth0", "::1/64",
      "::g", "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4::", "::256.1.1.1", "1:2:3:4:5:6:7:8::"}},
    {"uri",
     {"http://foo.bar/?baz=qux#quux", "urn:oasis:names", "mailto:a@b.c", "http://[::1]:80/", "http://[v1.fe:x]/",
      "http://a:b@c:/", "file:///etc/x", "tel:+1-816-555-1212", "a:", "http://a/%7Eb", "ldap://[2001:db8::7]/c=GB?one"},
     {"/abc", "abc", "http:// shouldfail.com", "http://a b", "\\\\WINDOWS\\x", "http://a/%zz", ":// no", "1a:b",
      "http://[::1", "http://[v1]/", "http://[vx.y]/", "http://a:8x/", "http://a/[b]", "http://a/\"",
      "http://a/\xC3\xB6", "http://a@b@c/", "bar,baz:x y", "//foo/bar"}},
    {"uri-reference",
     {"/abc?d#e", "abc", "", "http://a/", "#f", "../x", "//a/b", "a/b:c", "?x"},
     {"\\\\W\\x", "#a\\b", "a b", "1:b", "#a#b", "%4", "a|b"}},
    {"uuid",
     {"2EB8AA08-aa98-11EA-B4Aa-73B441D16380", "00000000-0000-0000-0000-000000000000"},
     {"2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380",
      "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380", "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}",
      "2eb8aa08-aa98-11ea-b4ga-73b441d16380", ""}},
    {"json-pointer", {"", "/a/0", "/~0~1", "/", "/foo//", "/\xC3\xB6", "/a b"}, {"a", "/~", "/~2", "#/a", "0", "/a~"}},
    {"regex",
     {"^a+$", "(?=x)", "(?<!a)b", "(a)\\1", "(?<n>a)\\k<n>", "[^]", "\\p{Script=Greek}", "\\u{1F600}", "[\\b-]"},
     {"^(abc]", "\\Z", "\\a", "a**",       "(?i)a", "(?P<a>b)", "[z-a]",  "\\1",     "\\k<n>", "x{2,1}",
      "{",      "}",   "]",   "\\p{Nope}", "\\u12", "^*",       "(?=a)*", "[\\d-z]", "\\-",    "\\"}},
};

TEST(Formats, EachIsJudgedByItsRfc) {
    std::size_t judged = 0;
    for (const auto& [name, good, bad] : cases) {
        Format format = schema::format_of(name);
        ASSERT_NE(format, Format::none) << name;
        for (const auto& text : good) EXPECT_TRUE(schema::conforms(format, text)) << name << " '" << text << "'";
        for (const auto& text : bad) EXPECT_FALSE(schema::conforms(format, text)) << name << " '" << text << "'";
        ++judged;
    }
    EXPECT_EQ(judged, schema::format_names().size());
}

}  // namespace
}  // namespace headgate
