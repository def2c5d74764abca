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

std::string indented_json(std::string_view text) { return Json::parse(text).dump(2) + '\n'; }

std::string json_line(const Json& value) { return json_text(value) + '\n'; }

Json parse_json(std::string_view text, int deepest) {
  TreeBuilder builder(static_cast<std::size_t>(deepest));
  if (Json::sax_parse(text, &builder)) return std::move(builder.root);
  throw Error(ErrorKind::bad_data, "is not JSON, or was cut off");
}

JsonPlace JsonPlace::operator[](std::string_view name) const {
  if (!json_->is_object()) refuse_as("an object");
  const auto found = json_->find(name);
  std::string path = path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
  if (found == json_->end()) JsonPlace(*json_, std::move(path)).refuse("is missing");
  return JsonPlace(*found, std::move(path));
}

std::string JsonPlace::text(std::size_t most) const {
  if (!json_->is_string()) refuse_as("a text");
  std::string text = json_->get<std::string>();
  if (text.size() > most) refuse("is too long");
  return text;
}

std::string JsonPlace::text() const {
  constexpr std::size_t most_bytes = std::size_t{4} * 4'000;
  std::string text = this->text(most_bytes);
  if (escape_lines(text) != text) refuse("holds characters that can't be shown");
  return text;
}

std::string JsonPlace::id() const {
  std::string text = this->text();
  if (!is_id(text)) refuse_as("an id");
  return text;
}

std::string JsonPlace::sha256() const {
  std::string text = this->text();
  const bool is_hash =
      text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!is_hash) refuse_as("a SHA-256");
  return text;
}

Instant JsonPlace::instant() const {
  const auto instant = parse_rfc3339(text());
  if (!instant) refuse_as("a time");
  return *instant;
}

double JsonPlace::number() const {
  if (!json_->is_number()) refuse_as("a number");
  return json_->get<double>();
}

std::size_t JsonPlace::count(std::size_t most) const {
  const bool is_whole = json_->is_number_unsigned() && json_->get<std::uint64_t>() <= most;
  if (!is_whole) refuse_as(fmt::format("a whole number from 0 to {}", most));
  return json_->get<std::size_t>();
}

void JsonPlace::refuse_as(std::string_view expected) const {
  refuse(fmt::format("is not {}", expected));
}

void JsonPlace::refuse(std::string_view why) const {
  throw Error(ErrorKind::bad_data, fmt::format("'{}' {}", escape(path_), why));
}

}  // namespace attune
