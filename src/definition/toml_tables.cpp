// SPDX-License-Identifier: MIT
// Which tables a header or a dotted key may open, extend or never touch again (TOML 1.0, "Table",
// "Inline Table", "Array of Tables"). Where the specification leaves room, this is the strict side.
#include "definition/toml_parser.hpp"

namespace attune::detail {

NodeIndex TomlParser::open_section(const Key& key, Offset at) {
  NodeIndex table = 0;
  for (std::size_t part = 0; part + 1 < key.count; ++part) {
    table = descend(table, key.parts[part], NodeOrigin::implicit);
    if (table == no_node) return no_node;
  }
  const NodeIndex existing = find(table, key.last().name);
  if (existing == no_node) {
    const NodeIndex section = add_keyed(table, key.last());
    if (section == no_node) return no_node;
    tree_.nodes[section].origin = NodeOrigin::header;
    tree_.nodes[section].at = at;
    return section;
  }
  Node& node = tree_.nodes[existing];
  if (node.origin == NodeOrigin::implicit) {
    node.origin = NodeOrigin::header;
    node.at = at;
    return existing;
  }
  findings_.error(at, quoted(key.last().name) + " is given twice");
  return no_node;
}

NodeIndex TomlParser::append_section(const Key& key, Offset at) {
  NodeIndex table = 0;
  for (std::size_t part = 0; part + 1 < key.count; ++part) {
    table = descend(table, key.parts[part], NodeOrigin::implicit);
    if (table == no_node) return no_node;
  }
  NodeIndex array = find(table, key.last().name);
  if (array == no_node) {
    array = add_keyed(table, key.last());
    if (array == no_node) return no_node;
    tree_.nodes[array].kind = NodeKind::array;
    tree_.nodes[array].origin = NodeOrigin::sections;
    tree_.nodes[array].at = at;
  } else if (tree_.nodes[array].origin != NodeOrigin::sections) {
    findings_.error(at, quoted(key.last().name) + " is given twice",
                    "all of its parts need a [[header]] of their own");
    return no_node;
  }
  const NodeIndex section = add_child(array);
  if (section == no_node) return no_node;
  tree_.nodes[section].origin = NodeOrigin::header;
  tree_.nodes[section].at = at;
  return section;
}

// One step of a header (origin `implicit`) or of a dotted key (origin `dotted`).
NodeIndex TomlParser::descend(NodeIndex table, const KeyPart& part, NodeOrigin origin) {
  const NodeIndex child = find(table, part.name);
  if (child == no_node) {
    const NodeIndex added = add_keyed(table, part);
    if (added != no_node) tree_.nodes[added].origin = origin;
    return added;
  }
  const Node& node = tree_.nodes[child];
  if (origin == NodeOrigin::dotted) {
    if (node.kind == NodeKind::table && node.origin == NodeOrigin::dotted) return child;
  } else if (node.origin == NodeOrigin::sections) {
    return node.last;
  } else if (node.kind == NodeKind::table && node.origin != NodeOrigin::value) {
    return child;
  }
  findings_.error(part.at, quoted(part.name) + " is given already and can't be added to here");
  return no_node;
}

NodeIndex TomlParser::add_keyed(NodeIndex table, const KeyPart& part) {
  if (find(table, part.name) != no_node) {
    findings_.error(part.at, quoted(part.name) + " is given twice");
    return no_node;
  }
  if (tree_.nodes[table].count >= max_keys)
    return give_up(part.at, "a table has more than 512 keys");
  const NodeIndex added = add_child(table);
  if (added == no_node) return no_node;
  Node& node = tree_.nodes[added];
  node.key = part.name;
  node.key_at = node.at = part.at;
  return added;
}

NodeIndex TomlParser::add_child(NodeIndex parent) {
  const NodeIndex added = new_node();
  if (added == no_node) return no_node;
  Node& owner = tree_.nodes[parent];
  if (owner.first == no_node) {
    owner.first = added;
  } else {
    tree_.nodes[owner.last].next = added;
  }
  owner.last = added;
  ++owner.count;
  return added;
}

NodeIndex TomlParser::new_node() {
  if (tree_.nodes.size() >= max_nodes)
    return give_up(here(), "the file has more than 200,000 values");
  tree_.nodes.emplace_back().at = here();
  return static_cast<NodeIndex>(tree_.nodes.size() - 1);
}

NodeIndex TomlParser::find(NodeIndex table, std::string_view key) const {
  NodeIndex child = tree_.nodes[table].first;
  while (child != no_node && tree_.nodes[child].key != key) child = tree_.nodes[child].next;
  return child;
}

}  // namespace attune::detail
