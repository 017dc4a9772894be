// The report for a terminal.
#include <cstdio>

#include "base/timestamp.hpp"
#include "shadow/report/report.hpp"

namespace headgate {
namespace {

// Paths and values come from answers: what could steer a terminal becomes '?'.
std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        bool c1 = c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (c1) ++i;
        out += c < 0x20 || c == 0x7f || c1 ? '?' : text[i];
    }
    return out;
}

// 12345 -> 12,345
std::string count(std::uint64_t n) {
    std::string text = std::to_string(n);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

std::string share(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "-";
    char text[32];
    double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    std::snprintf(text, sizeof text, percent > 0 && percent < 0.1 ? "%.3f%%" : "%.1f%%", percent);
    return text;
}

std::string ms(std::int64_t us) {
    char text[32];
    std::snprintf(text, sizeof text, us < 10'000 ? "%.2f ms" : "%.0f ms", static_cast<double>(us) / 1000.0);
    return text;
}

std::string percentiles(const LatencyHistogram& histogram) {
    if (histogram.count() == 0) return "-";
    return "p50 " + ms(histogram.percentile_us(0.5)) + ", p99 " + ms(histogram.percentile_us(0.99));
}

void line(std::string& out, std::string_view label, const std::string& text) {
    out.append("  ").append(label).append(label.size() < 14 ? 14 - label.size() : 1, ' ').append(text).append("\n");
}

std::string or_absent(const std::string& value) { return value.empty() ? "(absent)" : printable(value); }

void write_finding(std::string& out, const Finding& f, const OperationEvidence& in) {
    out += "  " + f.id + "  " + std::string(name(f.kind));
    if (!f.value_class.empty()) out += " " + printable(f.value_class);
    out += "  at " + (f.path.empty() ? std::string("(the answer as a whole)") : printable(f.path)) + "\n";
    line(out, "  seen",
         share(f.pairs, in.pairs) + " of pairs, " + count(f.count) + " times, harm " + std::to_string(harm(f)) +
             " of 5");
    line(out, "  when", rfc3339(f.first_seen) + " to " + rfc3339(f.last_seen));
    const FindingExample& e = f.last;
    if (f.kind == DifferenceKind::failed) {
        line(out, "  last",
             (e.left.empty() ? "candidate: " : "legacy: ") + printable(e.left.empty() ? e.right : e.left));
    } else if (!e.left.empty() || !e.right.empty()) {
        if (e.path != f.path) line(out, "  example", printable(e.path));
        line(out, "  legacy", or_absent(e.left));
        line(out, "  candidate", or_absent(e.right));
    }
    line(out, "  trace", printable(e.trace_id));
}

void write_operation(std::string& out, const OperationEvidence& e, const ReportOptions& options) {
    const Tally& t = e.tally;
    out += e.operation + "\n";
    line(out, "eligible", count(t.eligible));
    line(out, "compared", count(t.compared) + " (" + share(t.compared, t.eligible) + ")");
    line(out, "sampled out", count(t.sampled_out));
    line(out, "dropped",
         count(t.dropped()) + " (queue full " + count(t.dropped_queue_full) + ", memory " + count(t.dropped_bytes) +
             ", stopped " + count(t.dropped_stopped) + ", comparing full " + count(t.dropped_compare_full) + ")");
    line(out, "failed",
         count(t.failed_serving + t.failed_shadow) + " (serving side " + count(t.failed_serving) + ", shadow side " +
             count(t.failed_shadow) + ")");
    line(out, "in flight", count(t.in_flight));
    line(out, "adds up", t.adds_up() ? "yes" : "no: " + count(t.accounted()) + " accounted for");
    line(out, "legacy", percentiles(e.legacy));
    line(out, "candidate", percentiles(e.candidate));
    line(out, "copy began", e.skew.count() == 0 ? "-" : percentiles(e.skew) + " after the request");
    line(out, "differing",
         count(e.differing) + " of " + count(e.pairs) + " pairs (" + share(e.differing, e.pairs) + "), " +
             count(e.ignored) + " differences ignored by the contract");
    if (e.findings.empty()) {
        out += e.pairs == 0 ? "\n  Nothing has been compared yet.\n" : "\n  No findings.\n";
        return;
    }
    out += "\n  " + count(e.findings.size()) + (e.findings.size() == 1 ? " finding\n" : " findings\n");
    std::size_t shown = 0;
    for (const Finding& finding : e.findings) {
        if (shown++ == options.findings) break;
        out += "\n";
        write_finding(out, finding, e);
    }
    if (e.findings.size() > options.findings)
        out += "\n  and " + count(e.findings.size() - options.findings) + " more\n";
}

}  // namespace

std::string report_text(const std::vector<OperationEvidence>& operations, const ReportOptions& options) {
    if (operations.empty()) return "No operation has been mirrored yet.\n";
    std::string out;
    for (const OperationEvidence& evidence : operations) {
        if (!out.empty()) out += "\n";
        write_operation(out, evidence, options);
    }
    return out;
}

}  // namespace headgate
