// SPDX-License-Identifier: MIT
#include <optional>
#include <sodium/crypto_generichash.h>
#include <string>

#include "fuzz/oracle.hpp"
#include "fuzz/targets.hpp"
#include "store/lock.hpp"

namespace attune::test {
namespace {

constexpr std::size_t header_size = 272;
constexpr std::size_t checksum_at = 240;
constexpr std::size_t slots_at = 16;
constexpr std::size_t slot_size = 96;
constexpr std::string_view cheap{"\1\0\0\0\10\0\0\0", 8};  // one pass over 8 KiB

const std::filesystem::path file = "history.db";

// What `act` gives; nothing when it throws an Error.
template <class Act>
auto value_or_refusal(Act act) -> decltype(act()) {
  try {
    return act();
  } catch (const Error&) {
    return std::nullopt;
  }
}

void expect_refused(std::string_view sealed) {
  const auto lock =
      value_or_refusal([&] { return store::open_lock(sealed, Secret("words"), file); });
  expect(!lock, "no passphrase opens what was not sealed with it");
  store::Lock held{Secret(std::string(32, 'k')), {}, 0};
  if (sealed.size() >= header_size) held.slots = sealed.substr(slots_at, 2 * slot_size);
  const auto image = value_or_refusal([&] { return store::unseal(held, sealed, file); });
  expect(!image, "bytes that no one sealed hold no image");
}

// Past the checksum, with a cost that is cheap to try, so that what lies behind is reached.
std::string with_checksum(std::string sealed) {
  for (const std::size_t at : {slots_at, slots_at + slot_size})
    sealed.replace(at, cheap.size(), cheap);
  std::string sum(header_size - checksum_at, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(sum.data()), sum.size(),
                     reinterpret_cast<const unsigned char*>(sealed.data()), checksum_at, nullptr,
                     0);
  return sealed.replace(checksum_at, sum.size(), sum);
}

}  // namespace

// A file that was never sealed, and one that was and is changed.
void lock_target(std::string_view bytes) {
  expect_refused(bytes);
  Choices choices(bytes);
  const std::size_t size = std::size_t{choices.byte()} * 3;
  const std::string image(choices.rest().substr(0, size));
  store::Lock lock{Secret(std::string(32, 'k')), std::string(2 * slot_size, 's'), choices.byte()};
  for (const std::size_t at : {std::size_t{0}, slot_size})
    lock.slots.replace(at, cheap.size(), cheap);
  std::string sealed = store::seal(lock, image);
  expect(store::unseal(lock, sealed, file) == image, "what is sealed opens as it was");
  expect_refused(with_checksum(std::string(bytes) + std::string(header_size, '\0')));
  const std::size_t at = (choices.byte() * 256U + choices.byte()) % sealed.size();
  const auto change = static_cast<char>(choices.byte() | 1U);
  sealed[at] = static_cast<char>(sealed[at] ^ change);
  const auto changed = value_or_refusal([&] { return store::unseal(lock, sealed, file); });
  expect(!changed, "a changed byte is noticed");
  if (at < checksum_at && at >= slots_at + 2 * slot_size) {
    const auto forged =
        value_or_refusal([&] { return store::unseal(lock, with_checksum(sealed), file); });
    expect(!forged, "a changed header is noticed whatever its checksum");
  }
}

}  // namespace attune::test
