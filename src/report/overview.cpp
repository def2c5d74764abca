// SPDX-License-Identifier: MIT
#include "attune/overview.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "report/profile_parts.hpp"

namespace attune {
namespace {

std::string key_of(const Questionnaire& questionnaire, const Item& item) {
  switch (item.kind) {
    case ItemKind::rating: {
      const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
      const std::string range = fmt::format("{}-{}", scale.min, scale.max);
      return item.reverse ? range + " reversed" : range;
    }
    case ItemKind::choice: {
      std::string choices = item.multiple ? "several of: " : "one of: ";
      for (const Choice& choice : item.choices) {
        if (&choice != &item.choices.front()) choices += "; ";
        choices += choice.text;
      }
      return choices;
    }
    case ItemKind::number:
      return fmt::format("{}-{} {}", render_decimal(item.min), render_decimal(item.max), item.unit);
    case ItemKind::text:
      return "text";
  }
  return {};
}

std::size_t items_of(const Questionnaire& questionnaire, std::size_t scale) {
  return static_cast<std::size_t>(
      std::count_if(questionnaire.items.begin(), questionnaire.items.end(),
                    [&](const Item& item) { return counts_for(questionnaire, item, scale); }));
}

std::string scale_line(const Questionnaire& questionnaire, std::size_t index) {
  const Scale& scale = questionnaire.scales[index];
  const std::string part_of =
      scale.parent ? fmt::format("part of {}; ", questionnaire.scales[*scale.parent].id) : "";
  const std::size_t items = items_of(questionnaire, index);
  return fmt::format("{} ({}): {}{} item{}, {}; low: {}; high: {}", scale.name, scale.id, part_of,
                     items, items == 1 ? "" : "s", name_of(scale.method), scale.low, scale.high);
}

Facts facts_of(const Questionnaire& questionnaire) {
  Facts facts;
  facts.rows = {{"Name", questionnaire.id + " " + questionnaire.version},
                {"Items", fmt::format("{}", questionnaire.items.size())}};
  if (questionnaire.minutes) {
    facts.rows.emplace_back("Takes", fmt::format("about {} minute{}", *questionnaire.minutes,
                                                 *questionnaire.minutes == 1 ? "" : "s"));
  }
  if (questionnaire.recheck_days) {
    facts.rows.emplace_back("Check in", fmt::format("every {} days", *questionnaire.recheck_days));
  }
  facts.rows.emplace_back("Language", questionnaire.language);
  facts.rows.emplace_back("Status", questionnaire.status);
  facts.rows.emplace_back("Source", questionnaire.source);
  facts.rows.emplace_back("Licence", questionnaire.license);
  return facts;
}

void add_scales(Document& document, const Questionnaire& questionnaire) {
  if (questionnaire.scales.empty()) return;
  document.push_back(Heading{2, "Scales"});
  Bullets bullets;
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    bullets.items.push_back(scale_line(questionnaire, scale));
  }
  document.push_back(std::move(bullets));
}

std::string norm_line(const Scale& scale, const Norm& norm) {
  std::string numbers;
  if (norm.mean && norm.sd) {
    numbers = fmt::format("mean {}, SD {}", render_decimal(*norm.mean), render_decimal(*norm.sd));
  }
  if (!norm.percentiles.empty()) {
    if (!numbers.empty()) numbers += ", and ";
    numbers += fmt::format("percentiles of {} scores", norm.percentiles.size());
  }
  const std::string range =
      norm.range ? fmt::format(", answers {}-{}", norm.range->min, norm.range->max) : "";
  return fmt::format("{}: {} (n = {}{}): {}; source: {}", scale.name, norm.sample, norm.n, range,
                     numbers, norm.source);
}

std::string reliability_line(const Scale& scale) {
  const Reliability& reliability = *scale.reliability;
  std::string numbers;
  if (reliability.alpha) numbers = "alpha " + render_decimal(*reliability.alpha);
  if (reliability.retest) {
    if (!numbers.empty()) numbers += ", ";
    numbers += "retest correlation " + render_decimal(*reliability.retest);
  }
  if (reliability.days) numbers += fmt::format(" after {} days", render_decimal(*reliability.days));
  return fmt::format("{}: {}; source: {}", scale.name, numbers, reliability.source);
}

void add_published(Document& document, const Questionnaire& questionnaire) {
  Bullets bullets;
  for (const Scale& scale : questionnaire.scales) {
    if (scale.reliability) bullets.items.push_back(reliability_line(scale));
    for (const Norm& norm : scale.norms) bullets.items.push_back(norm_line(scale, norm));
  }
  if (bullets.items.empty()) return;
  document.push_back(Heading{2, "Published numbers"});
  document.push_back(std::move(bullets));
}

std::string derived_line(const Questionnaire& questionnaire, const Derived& derived) {
  std::string line = fmt::format("{} ({}): {}", derived.name, derived.id,
                                 detail::terms_in_words(questionnaire, derived));
  if (!derived.low.empty()) line += "; low: " + derived.low;
  if (!derived.high.empty()) line += "; high: " + derived.high;
  return line;
}

void add_derived(Document& document, const Questionnaire& questionnaire) {
  if (questionnaire.derived.empty()) return;
  document.push_back(Heading{2, "Derived scores"});
  Bullets bullets;
  for (const Derived& derived : questionnaire.derived) {
    bullets.items.push_back(derived_line(questionnaire, derived));
  }
  document.push_back(std::move(bullets));
}

void add_items(Document& document, const Questionnaire& questionnaire) {
  document.push_back(Heading{2, "Items"});
  Facts facts;
  for (const Item& item : questionnaire.items) {
    const std::string scale = item.scale ? questionnaire.scales[*item.scale].id + ", " : "";
    const std::string text = item.text.empty() ? "(wording not included)" : item.text;
    facts.rows.emplace_back(item.id,
                            fmt::format("{} [{}{}]", text, scale, key_of(questionnaire, item)));
  }
  document.push_back(std::move(facts));
}

std::string quoted_texts(const Item& item, const std::vector<std::size_t>& choices) {
  std::string texts;
  for (const std::size_t choice : choices) {
    if (!texts.empty()) texts += ", ";
    texts += '"' + item.choices[choice].text + '"';
  }
  return texts;
}

std::string rate_line(const Questionnaire& questionnaire, const Rate& rate) {
  const Item& item = questionnaire.items[rate.item];
  std::string line =
      fmt::format("{} ({}): share of {}, by {}: {} out of {}", rate.name, rate.id, rate.unit,
                  item.id, quoted_texts(item, rate.counts), quoted_texts(item, rate.of));
  if (!rate.low.empty()) line += "; low: " + rate.low;
  if (!rate.high.empty()) line += "; high: " + rate.high;
  return line;
}

void add_counts(Document& document, const Questionnaire& questionnaire) {
  Bullets bullets;
  for (const Rate& rate : questionnaire.rates) {
    bullets.items.push_back(rate_line(questionnaire, rate));
  }
  for (const Together& pair : questionnaire.together) {
    bullets.items.push_back(fmt::format("how often the answers to {} and {} come together",
                                        questionnaire.items[pair.first].id,
                                        questionnaire.items[pair.second].id));
  }
  if (bullets.items.empty()) return;
  document.push_back(Heading{2, "Counted over many entries"});
  document.push_back(std::move(bullets));
}

void add_named_parts(Document& document, const Questionnaire& questionnaire) {
  if (questionnaire.forms.size() > 1) {
    document.push_back(Heading{2, "Forms"});
    Facts facts;
    for (const Form& form : questionnaire.forms) {
      facts.rows.emplace_back(form.id, fmt::format("{} items", form.items.size()));
    }
    document.push_back(std::move(facts));
  }
  if (questionnaire.abouts.empty()) return;
  document.push_back(Heading{2, "About"});
  Facts facts;
  for (const About& about : questionnaire.abouts) facts.rows.emplace_back(about.id, about.phrase);
  document.push_back(std::move(facts));
}

// What stands beside the name in the list.
std::string entry_of(const Listing& listing) {
  if (!listing.problem.empty()) return "can't be used: " + listing.problem;
  const std::string minutes =
      listing.minutes.empty() ? "" : fmt::format(", about {} min", listing.minutes);
  const std::string forms =
      listing.forms.size() > 1 ? ", forms " + join_or(listing.forms) : std::string();
  return fmt::format("{} ({} items{}{})", listing.summary, listing.items, minutes, forms);
}

}  // namespace

Document questionnaire_document(const Questionnaire& questionnaire) {
  Document document{Heading{1, questionnaire.title}, Paragraph{questionnaire.summary}};
  document.push_back(facts_of(questionnaire));
  add_scales(document, questionnaire);
  add_derived(document, questionnaire);
  add_published(document, questionnaire);
  add_items(document, questionnaire);
  add_counts(document, questionnaire);
  add_named_parts(document, questionnaire);
  return document;
}

Listing listing_of(const Questionnaire& questionnaire) {
  Listing listing;
  listing.id = questionnaire.id;
  listing.version = questionnaire.version;
  listing.title = questionnaire.title;
  listing.summary = questionnaire.summary;
  listing.language = questionnaire.language;
  listing.status = questionnaire.status;
  listing.items = questionnaire.items.size();
  for (const Form& form : questionnaire.forms) listing.forms.push_back(form.id);
  listing.is_key_alone = std::all_of(questionnaire.items.begin(), questionnaire.items.end(),
                                     [](const Item& item) { return item.text.empty(); });
  if (questionnaire.minutes) listing.minutes = fmt::format("{}", *questionnaire.minutes);
  return listing;
}

Document list_document(const std::vector<Listing>& listings) {
  Facts questionnaires;
  Facts keys;
  for (const Listing& listing : listings) {
    (listing.is_key_alone ? keys : questionnaires).rows.emplace_back(listing.id, entry_of(listing));
  }
  Document document;
  if (!questionnaires.rows.empty()) document.push_back(std::move(questionnaires));
  if (keys.rows.empty()) return document;
  document.push_back(Heading{2, "Published keys, without their wording"});
  document.push_back(
      Paragraph{"They score answers you already have. To be asked, add the statements first: "
                "attune wording NAME FILE"});
  document.push_back(std::move(keys));
  return document;
}

}  // namespace attune
