// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/terminal/front_end.hpp"

namespace attune::app {

/// What both ways of asking share: they act on the session alike and differ in how they hear and
/// speak.
class Dialogue {
 public:
  Dialogue(Administration& administration, Console& console)
      : administration_(administration), session_(administration.session), console_(console) {}
  Dialogue(const Dialogue&) = delete;
  Dialogue& operator=(const Dialogue&) = delete;

 protected:
  virtual ~Dialogue() = default;
  virtual void remark(std::string_view text) = 0;
  virtual void refuse(const std::string& advice) = 0;  ///< what was typed is no answer
  virtual void show_help() = 0;
  virtual void moved() = 0;  ///< the session stands at another question, or in the review

  [[nodiscard]] const Item& item() const {
    return administration_.questionnaire.items[session_.item()];
  }
  [[nodiscard]] bool is_reviewing() const { return session_.stage() == session::Stage::reviewing; }

  [[nodiscard]] static std::optional<SittingEnd> end_by(Happening what);
  void fulfil(Request request);
  void confirm_text(std::string_view text);
  void confirm(Answer answer);
  void finish();

  /// The answer to an item in words, so that a slip is noticed; empty in private.
  [[nodiscard]] std::string words_of(std::size_t item) const;

  /// Does what a letter or its word stands for in the review; false where it stands for nothing.
  bool fulfil_in_review(std::string_view text);

  /// The item of the question with this number.
  [[nodiscard]] std::optional<std::size_t> item_numbered(std::string_view number) const;

  /// False where no question has this number.
  bool open_question(std::string_view number);

  Administration& administration_;
  session::Session& session_;
  Console& console_;
  std::optional<SittingEnd> end_;
  std::string doubted_;                       ///< a line that may have been meant as a request
  std::optional<std::size_t> just_answered_;  ///< the item whose answer led here
  double shown_at_ = 0;                       ///< when the person could begin to read the question
};

}  // namespace attune::app
