// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "definition/findings.hpp"

namespace attune::detail {

enum class NodeKind : std::uint8_t { text, whole, real, boolean, array, table };

/// How a node came to be: TOML lets only some tables be added to later.
enum class NodeOrigin : std::uint8_t {
  value,     ///< after an '=' or within an array: complete, nothing may be added
  header,    ///< by its own [header]
  implicit,  ///< named on the way to another header; its own header may still follow
  dotted,    ///< by a dotted key
  sections,  ///< an array of [[headers]]
};

using NodeIndex = std::uint32_t;

/// The root is node 0 and nobody's child, so 0 stands for "none" in the links.
inline constexpr NodeIndex no_node = 0;

/// One value of a TOML document. Children of arrays and tables are linked in file order.
struct Node {
  NodeKind kind = NodeKind::table;
  NodeOrigin origin = NodeOrigin::value;
  Offset at = 0;      ///< where the value (of a table: its header or first key) begins
  Offset key_at = 0;  ///< where its key begins; 0 in arrays
  NodeIndex first = no_node;
  NodeIndex last = no_node;
  NodeIndex next = no_node;
  std::uint32_t count = 0;  ///< children
  std::string_view key;
  std::string_view text;   ///< kind text, unescaped
  std::int64_t whole = 0;  ///< kind whole; 0 or 1 for boolean
  double real = 0;         ///< kinds real and whole
};

/// A parsed document. Views point into the source text, which must outlive it, or into `unescaped`.
struct Tree {
  std::vector<Node> nodes = std::vector<Node>(1);
  std::deque<std::string> unescaped;

  [[nodiscard]] const Node& root() const { return nodes.front(); }

  /// The child of `table` with this key, or null.
  [[nodiscard]] const Node* find(const Node& table, std::string_view key) const {
    for (NodeIndex child = table.first; child != no_node; child = nodes[child].next) {
      if (nodes[child].key == key) return &nodes[child];
    }
    return nullptr;
  }

  class Iterator {
   public:
    Iterator(const Tree& tree, NodeIndex index) : tree_(&tree), index_(index) {}
    const Node& operator*() const { return tree_->nodes[index_]; }
    Iterator& operator++() {
      index_ = tree_->nodes[index_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Tree* tree_;
    NodeIndex index_;
  };
  struct Children {
    const Tree& tree;
    NodeIndex first;
    [[nodiscard]] Iterator begin() const { return {tree, first}; }
    [[nodiscard]] Iterator end() const { return {tree, no_node}; }
  };
  [[nodiscard]] Children children(const Node& parent) const { return {*this, parent.first}; }
};

/// The words for a kind in messages: "a text", "a table".
[[nodiscard]] std::string_view describe(NodeKind kind);

}  // namespace attune::detail
