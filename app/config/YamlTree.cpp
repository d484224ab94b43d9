// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/YamlTree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace sb::config {
namespace {

constexpr std::size_t kMaxBytes = 4U * 1024 * 1024;
constexpr std::size_t kMaxDepth = 32;

/// Ends the parse from inside a callback; caught in parseYaml.
struct Refused {
    ConfigIssue issue;
};

[[noreturn]] void refuse(const YAML::Mark& mark, std::string what)
{
    throw Refused{{mark.line + 1, std::move(what)}};
}

class TreeBuilder final : public YAML::EventHandler {
public:
    YamlValue takeRoot() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        add(mark, anchor, {.kind = YamlValue::Kind::Null, .line = mark.line + 1});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        refuse(mark, "anchors and aliases are not supported");
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        const bool plain = tag.empty() || tag == "?"; // "!" marks a quoted scalar
        if (!plain && tag != "!")
            refuse(mark, "tags are not supported");
        const bool null = plain && (value == "~" || value == "null");
        add(mark, anchor,
            {.kind = null ? YamlValue::Kind::Null : YamlValue::Kind::Scalar,
             .line = mark.line + 1,
             .text = null ? "" : value});
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(mark, anchor, YamlValue::Kind::List);
    }
    void OnSequenceEnd() override { m_open.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(mark, anchor, YamlValue::Kind::Map);
    }
    void OnMapEnd() override { m_open.pop_back(); }

private:
    struct Level {
        YamlValue* value;
        bool expectsValue = false; ///< in a map: the key was read
    };

    /// Puts the value where it belongs and returns its place; pointers into parents stay valid, because only the
    /// innermost container grows.
    YamlValue* add(const YAML::Mark& mark, YAML::anchor_t anchor, YamlValue value)
    {
        if (anchor != 0)
            refuse(mark, "anchors and aliases are not supported");
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Level& level = m_open.back();
        if (level.value->kind == YamlValue::Kind::List)
            return &level.value->items.emplace_back(std::move(value));
        if (!level.expectsValue) {
            if (value.kind != YamlValue::Kind::Scalar)
                refuse(mark, "a key must be a plain word");
            if (level.value->find(value.text) != nullptr)
                refuse(mark, "'" + value.text + "' is given twice");
            level.value->members.push_back({{value.text, value.line}, {}});
            level.expectsValue = true;
            return nullptr;
        }
        level.expectsValue = false;
        YamlValue& place = level.value->members.back().second;
        place = std::move(value);
        return &place;
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlValue::Kind kind)
    {
        if (m_open.size() >= kMaxDepth)
            refuse(mark, "nested too deeply");
        YamlValue* place = add(mark, anchor, {.kind = kind, .line = mark.line + 1});
        m_open.push_back({place});
    }

    YamlValue m_root;
    std::vector<Level> m_open;
};

} // namespace

const YamlValue* YamlValue::find(std::string_view key) const
{
    const auto found = std::ranges::find_if(members, [key](const auto& member) { return member.first.name == key; });
    return found == members.end() ? nullptr : &found->second;
}

YamlDocument parseYaml(std::string_view text)
{
    YamlDocument document;
    if (text.size() > kMaxBytes) {
        document.issues.push_back({1, "the file is larger than 4 MiB"});
        return document;
    }
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        TreeBuilder builder;
        if (!parser.HandleNextDocument(builder)) {
            document.issues.push_back({1, "the file is empty"});
            return document;
        }
        document.root = builder.takeRoot();
    } catch (const Refused& refused) {
        document.issues.push_back(refused.issue);
    } catch (const YAML::Exception& fault) {
        document.issues.push_back({fault.mark.line + 1, "not YAML: " + fault.msg});
    }
    return document;
}

} // namespace sb::config
