// XmlDocument: the elements of an XML text, by pugixml. An element is as small as a pointer: it points into
// the document, as its name and its text do.
//
//   XmlDocument document(text, "notice.xml", 1);
//   for (XmlElement e = document.root("notice").first_child(); e; e = e.next()) use(e.name(), e.text());
//
// Entities that a DOCTYPE declares are not expanded, and nothing outside the text is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace postmoney::detail {

// An element, or none: then it is false, its name and text are empty, and there is no element in it or behind
// it.
class XmlElement {
  public:
    explicit operator bool() const noexcept { return node_ != nullptr; }

    [[nodiscard]] std::string_view name() const noexcept;
    // The first text directly within it, with its white space.
    [[nodiscard]] std::string_view text() const noexcept;
    // All the text directly within it, where comments, instructions or CDATA sections part it; null when it
    // is in one piece.
    [[nodiscard]] std::optional<std::string> joined_text() const;
    // Whether it holds text that is no white space.
    [[nodiscard]] bool has_text() const noexcept;
    // The value of the attribute; empty when there is none of that name.
    [[nodiscard]] std::string_view attribute(std::string_view name) const noexcept;
    [[nodiscard]] std::size_t attribute_count() const noexcept;
    // The first element directly within it.
    [[nodiscard]] XmlElement first_child() const noexcept;
    // The next element within the same parent.
    [[nodiscard]] XmlElement next() const noexcept;

  private:
    friend class XmlDocument;
    explicit XmlElement(void* node) noexcept : node_(node) {}

    void* node_;  // of pugixml's type, which only the source knows
};

class XmlDocument {
  public:
    // Parses a text in UTF-8, US-ASCII or ISO-8859-1, whichever its declaration says. White space and a
    // byte-order mark before the declaration are passed over. `file` is its name, for errors, and
    // `first_line` the line of the file that the text begins on. Throws bad-xml for another encoding and for
    // what is not well-formed, bad-text for invalid UTF-8.
    XmlDocument(std::string text, std::string_view file, std::uint64_t first_line);
    ~XmlDocument();
    XmlDocument(const XmlDocument&) = delete;
    XmlDocument& operator=(const XmlDocument&) = delete;

    // The outermost element of that name.
    [[nodiscard]] XmlElement root(std::string_view name) const noexcept;
    // The line of the DOCTYPE; null without one. pugixml does not say its place, so it is that of the first
    // such text.
    [[nodiscard]] std::optional<std::uint64_t> doctype_line();

    // The line of the file that the first character of XML is on.
    [[nodiscard]] std::uint64_t first_line() const noexcept { return first_line_; }
    // The line of the file that an element begins on. The lines of all elements take one pass over the text
    // when they are asked for in its order.
    [[nodiscard]] std::uint64_t line_of(XmlElement element);

  private:
    struct Tree;

    [[nodiscard]] std::uint64_t line_at(std::ptrdiff_t place);

    std::string text_;  // in UTF-8, so that a place in it is a place in what was parsed
    std::uint64_t first_line_;
    std::unique_ptr<Tree> tree_;
    // The place that was asked for last, and its line.
    std::ptrdiff_t last_place_ = 0;
    std::uint64_t last_line_;
};

}  // namespace postmoney::detail
