// SPDX-License-Identifier: MIT
#pragma once

/// One administration as a pure state machine: which item now, back, skip, review, branching,
/// order. It knows no terminal, clock or store: the front ends (keys, lines, script) are loops
/// around it, so that branching can't differ between them.
///
///     Session session(questionnaire, plan(questionnaire, form, {}));
///     while (session.stage() == Stage::asking) session.answer(read_answer(session.item()),
///     seconds);

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"

namespace attune::session {

/// The items of `form` (an index into `forms`) in the order to ask. With a seed they are shuffled,
/// the same seed always giving the same order; an item with `ask_when` still comes after the items
/// it refers to.
[[nodiscard]] std::vector<std::size_t> plan(const Questionnaire& questionnaire, std::size_t form,
                                            std::optional<std::uint64_t> seed);

enum class Stage {
  asking,     ///< item() waits for an answer
  reviewing,  ///< every item has an answer or a skip; changes are possible until finish()
  finished,
};

class Session {
 public:
  /// `questionnaire` must outlive the session. `order`: indexes into its items, each at most once.
  Session(const Questionnaire& questionnaire, std::vector<std::size_t> order);

  /// Takes over answers given earlier (a resumed draft) and stands at the first item without one,
  /// or in the review. Answers to items outside the order are ignored.
  void resume(const Responses& earlier);

  [[nodiscard]] Stage stage() const { return stage_; }

  /// The item being asked. Precondition: asking.
  [[nodiscard]] std::size_t item() const { return current_; }

  /// 1-based place of item() among the items asked, given the answers so far.
  [[nodiscard]] std::size_t position() const;

  /// How many items are asked, given the answers so far; grows and shrinks as conditions come true
  /// or false.
  [[nodiscard]] std::size_t count() const;

  /// How many can be asked at most, whatever the answers will be.
  [[nodiscard]] std::size_t most() const { return order_.size(); }

  /// How many of them have an answer; a skip is none.
  [[nodiscard]] std::size_t answered() const;

  /// The items that are asked given the answers so far, in order.
  [[nodiscard]] std::vector<std::size_t> asked() const;

  /// The answer the item being asked had before (after going back), if any.
  [[nodiscard]] const std::optional<Answer>& earlier_answer() const;

  /// Confirms an answer to item() and moves to the next item without one, or to the review; after
  /// going back, to the item that follows, so that each is seen again before it can be changed.
  /// `seconds`: time taken; kept only for the first answer to an item. Precondition: asking; the
  /// answer is legal for item(). A skip is one, too.
  void answer(Answer answer, double seconds);

  /// One item back; false at the first item. From the review: to the last item.
  bool back();

  /// One item forward without changing its answer; false when item() has no answer yet.
  bool forward();

  /// From asking or reviewing: ask `item` again; the next confirmation returns to where the answers
  /// end. Precondition: among asked().
  void go_to(std::size_t item);

  /// Ends the session. Precondition: reviewing.
  void finish();

  /// What would be kept now: answers to items no longer asked are left out.
  [[nodiscard]] Responses responses() const;

 private:
  void move_on();
  void stand_at(std::size_t item);

  const Questionnaire& questionnaire_;
  std::vector<std::size_t> order_;
  Responses responses_;
  Stage stage_ = Stage::asking;
  std::size_t current_ = 0;  // the item being asked
  bool has_jumped_ = false;  // it was opened by go_to()
};

}  // namespace attune::session
