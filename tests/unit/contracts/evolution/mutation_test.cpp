// Seeded mutations of the catalog: whatever is deleted or altered that isn't said to people alone, something is told.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "contracts/evolution/contract_diff.hpp"
#include "contracts/evolution/meaning.hpp"
#include "tests/support/corpora.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate::evolution {
namespace {

namespace fs = std::filesystem;

const std::string catalog = HEADGATE_SOURCE_DIR "/contracts/catalog";

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

// A source tree as JSON, which is YAML too.
void write(const SourceNode& node, std::string& out) {
    if (node.is_mapping()) {
        out += '{';
        for (std::size_t i = 0; i < node.entries.size(); ++i) {
            out += (i ? "," : "") + quoted(node.entries[i].key) + ": ";
            write(node.entries[i].value, out);
        }
        out += '}';
    } else if (node.is_sequence()) {
        out += '[';
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (i) out += ',';
            write(node.items[i], out);
        }
        out += ']';
    } else if (node.kind == SourceKind::null) {
        out += "null";
    } else {
        std::string plain = canonical(node);
        out += plain.starts_with('"') ? quoted(node.text) : node.text;
    }
}

// What a mutation does to which node.
struct Site {
    SourceNode* parent;
    std::size_t index;
    std::string pointer;
};

// Every node that isn't said to people alone.
void collect(SourceNode& node, const std::string& pointer, bool names, std::vector<Site>& sites) {
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        const std::string& key = node.entries[i].key;
        if (!names && is_annotation(key)) continue;
        std::string at = pointer + '/' + key;
        sites.push_back({&node, i, at});
        collect(node.entries[i].value, at, !names && holds_names(key), sites);
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        std::string at = pointer + '/' + std::to_string(i);
        sites.push_back({&node, i, at});
        collect(node.items[i], at, false, sites);
    }
}

SourceNode& value_at(const Site& site) {
    return site.parent->is_mapping() ? site.parent->entries[site.index].value : site.parent->items[site.index];
}

// Returns what was done.
std::string mutate(const Site& site, std::mt19937& random) {
    SourceNode& value = value_at(site);
    int kind = static_cast<int>(random() % 4);
    if (kind == 0 && value.is_scalar()) {
        if (value.text == "true" || value.text == "false")
            value.text = value.text == "true" ? "false" : "true";
        else if (!value.text.empty() && value.text.find_first_not_of("-0123456789") == std::string::npos)
            value.text = value.text == "7" ? "8" : "7";
        else
            value.text += "x";
        return "altered";
    }
    if (kind == 1 && site.parent->is_mapping()) {
        site.parent->entries[site.index].key += "x";
        return "renamed";
    }
    if (kind == 2 && value.is_mapping()) {
        SourceNode::Entry entry;
        entry.key = "added";
        entry.value.kind = SourceKind::scalar;
        entry.value.text = "here";
        value.entries.push_back(entry);
        return "added to";
    }
    if (site.parent->is_mapping())
        site.parent->entries.erase(site.parent->entries.begin() + static_cast<std::ptrdiff_t>(site.index));
    else
        site.parent->items.erase(site.parent->items.begin() + static_cast<std::ptrdiff_t>(site.index));
    return "deleted";
}

// Written out, these are what they are when nobody says them; what stands in a path is required whatever it says.
bool says_nothing(const Site& site, const std::string& done) {
    if (done == "deleted" && site.pointer.ends_with("/style")) return true;
    const SourceNode* in = site.parent->find("in");
    return (done == "deleted" || done == "altered") && site.pointer.ends_with("/required") && in && in->text == "path";
}

// A library's mutations show in whoever refers to it; a contract's in itself. With it comes what it refers to.
void copy_around(const fs::path& mutated, const std::string& to) {
    const std::string text = test::read_file(mutated);
    for (const auto& file : test::files_of(catalog, ".yaml")) {
        std::string name = file.filename().string();
        if (mutated.stem() == "common" || file.stem() == "common" || file.filename() == mutated.filename() ||
            text.find("\"" + name + "#/") != std::string::npos)
            fs::copy_file(file, fs::path(to) / name);
    }
}

TEST(Mutation, NoneOfTheCatalogPassesInSilence) {
    std::mt19937 random(20261126);
    constexpr std::size_t rounds = 100;  // a file
    int told = 0, refused = 0, breaking = 0;
    for (const auto& path : test::files_of(catalog, ".yaml")) {
        Diagnostics own;
        auto file = read_source(path, own);
        ASSERT_TRUE(file) << own.text();
        std::vector<Site> sites;
        SourceNode original = file->root();
        collect(original, "#", false, sites);
        ASSERT_GT(sites.size(), 80u);
        std::shuffle(sites.begin(), sites.end(), random);
        std::vector<std::string> order;
        for (const Site& site : sites) order.push_back(site.pointer);
        TempFolder before;
        copy_around(path, before.path());
        for (std::size_t round = 0; round < rounds; ++round) {
            SourceNode copy = file->root();
            sites.clear();
            collect(copy, "#", false, sites);
            const Site site = *std::find_if(sites.begin(), sites.end(), [&](const Site& one) {
                return one.pointer == order[round % order.size()];
            });
            std::string done = mutate(site, random);
            if (says_nothing(site, done)) continue;

            TempFolder folder;
            copy_around(path, folder.path());
            std::string text;
            write(copy, text);
            std::ofstream(std::filesystem::path(folder.path()) / path.filename(), std::ios::trunc) << text;

            Diagnostics diagnostics;
            auto changes = diff_contracts(before.path(), folder.path(), {.today = "2026-11-26"}, diagnostics);
            if (!changes) {
                EXPECT_TRUE(diagnostics.has_errors());
                ++refused;
                continue;
            }
            // That a version was not raised is told of any change; here it must not stand alone.
            bool found = false, breaks = false;
            for (const auto& change : *changes) {
                found = found || change.rule != "version-not-raised";
                breaks = breaks || change.level == Level::breaking;
            }
            EXPECT_TRUE(found) << path.filename() << " " << site.pointer << " " << done;
            told += found;
            breaking += breaks;
        }
    }
    EXPECT_GT(told, 600);
    EXPECT_GT(breaking, 350);
    EXPECT_LT(refused, 200);  // references that lead nowhere
}

TEST(Mutation, WhatIsSaidToPeopleAloneIsNotTold) {
    TempFolder folder;
    for (const auto& path : test::files_of(catalog, ".yaml")) {
        std::string text = test::read_file(path);
        for (std::size_t at = 0; (at = text.find("description: ", at)) != std::string::npos; at += 13)
            if (text.compare(at + 13, 2, ">-") != 0 && text[at + 13] != '{') text.insert(at + 13, "Now ");
        std::ofstream(std::filesystem::path(folder.path()) / path.filename()) << text;
    }
    Diagnostics diagnostics;
    auto changes = diff_contracts(catalog, folder.path(), {.today = "2026-11-26"}, diagnostics);
    ASSERT_TRUE(changes) << diagnostics.text();
    EXPECT_EQ(changes->size(), 0u);
}

}  // namespace
}  // namespace headgate::evolution
