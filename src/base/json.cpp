// SPDX-License-Identifier: MIT
#include "base/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "attune/error.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

// Builds a value while it is read. The library's own way looks through all members and brothers of
// what it has just read, and takes any number of them.
class TreeBuilder {
 public:
  explicit TreeBuilder(std::size_t deepest) : deepest_(deepest) {}

  Json root;

  bool null() { return put(nullptr) != nullptr; }
  bool boolean(bool value) { return put(value) != nullptr; }
  bool number_integer(std::int64_t value) { return put(value) != nullptr; }
  bool number_unsigned(std::uint64_t value) { return put(value) != nullptr; }
  bool number_float(double value, const std::string& /*text*/) { return put(value) != nullptr; }
  bool string(std::string& text) { return put(std::move(text)) != nullptr; }
  bool binary(const Json::binary_t& /*bytes*/) { return false; }
  bool start_object(std::size_t /*size*/) { return begin(Json::object()); }
  bool start_array(std::size_t /*size*/) { return begin(Json::array()); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }
  bool key(std::string& name) {
    if (!open_.back().names.insert(name).second) {
      throw Error(ErrorKind::bad_data, fmt::format("'{}' is given twice", escape(name)));
    }
    name_ = std::move(name);
    return true;
  }
  static bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                          const Json::exception& /*error*/) {
    return false;
  }

 private:
  struct Open {
    Json* value;
    std::set<std::string> names;
  };

  Json* put(Json value) {
    if (++values_ > most_values) {
      throw Error(ErrorKind::bad_data, fmt::format("has more than {} values", most_values));
    }
    if (open_.empty()) return &(root = std::move(value));
    if (auto* list = open_.back().value->get_ptr<Json::array_t*>()) {
      return &list->emplace_back(std::move(value));
    }
    Json::object_t::Container& members = open_.back().value->get_ref<Json::object_t&>();
    return &members.emplace_back(std::move(name_), std::move(value)).second;
  }
  bool begin(Json value) {
    if (open_.size() >= deepest_) {
      throw Error(ErrorKind::bad_data, fmt::format("is nested more than {} deep", deepest_));
    }
    open_.push_back({put(std::move(value)), {}});
    return true;
  }
  bool end() {
    open_.pop_back();
    return true;
  }

  static constexpr std::size_t most_values = 100'000;

  std::size_t deepest_;
  std::size_t values_ = 0;
  std::vector<Open> open_;
  std::string name_;
};

}  // namespace

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_line(const Json& value) { return json_text(value) + '\n'; }

Json parse_json(std::string_view text, int deepest) {
  TreeBuilder builder(static_cast<std::size_t>(deepest));
  if (Json::sax_parse(text, &builder)) return std::move(builder.root);
  throw Error(ErrorKind::bad_data, "is not JSON, or was cut off");
}

}  // namespace attune
