// SPDX-License-Identifier: MIT
#include "store/lock.hpp"

#include <sodium.h>
#include <stdexcept>

#include "store/sqlite.hpp"

namespace attune::store {
namespace {

constexpr std::string_view magic = "attune locked 1\n";
constexpr std::size_t cost_bytes = 8;
constexpr std::size_t salt_bytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t wrapped_bytes = key_bytes + tag_bytes;
constexpr std::size_t slot_bytes = cost_bytes + salt_bytes + nonce_bytes + wrapped_bytes;
constexpr std::size_t generation_bytes = 8;
constexpr std::size_t sum_bytes = crypto_generichash_BYTES;

constexpr std::size_t slots_at = magic.size();
constexpr std::size_t generation_at = slots_at + 2 * slot_bytes;
constexpr std::size_t nonce_at = generation_at + generation_bytes;
constexpr std::size_t checksum_at = nonce_at + nonce_bytes;
constexpr std::size_t header_size = checksum_at + sum_bytes;

constexpr unsigned most_passes = 16;
constexpr unsigned least_memory_kib = 8;
constexpr unsigned most_memory_kib = 1024 * 1024;

constexpr std::string_view code_symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_length = 25;
constexpr std::size_t code_group = 5;

static_assert(wrapped_bytes == 48 && slot_bytes == 96 && header_size == 272);

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// A broken random source throws: nothing may be sealed with it.
void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium can't be used on this system");
}

std::string random_bytes(std::size_t count) {
  std::string drawn(count, '\0');
  randombytes_buf(drawn.data(), count);
  return drawn;
}

template <class Number>
std::string little_endian(Number value) {
  std::string text;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    text += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  }
  return text;
}

template <class Number>
Number little_endian_at(std::string_view text, std::size_t at) {
  Number value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    value |= static_cast<Number>(static_cast<unsigned char>(text[at + i])) << (8 * i);
  }
  return value;
}

bool is_within_bounds(PassphraseCost cost) {
  return cost.passes >= 1 && cost.passes <= most_passes && cost.memory_kib >= least_memory_kib &&
         cost.memory_kib <= most_memory_kib;
}

std::string header_sum(std::string_view text) {
  std::string sum(sum_bytes, '\0');
  crypto_generichash(octets(sum), sum.size(), octets(text), text.size(), nullptr, 0);
  return sum;
}

// The key that wraps: 32 bytes that only `cost` many steps lead to.
Secret stretch(const Secret& secret, std::string_view salt, PassphraseCost cost) {
  std::string key(key_bytes, '\0');
  const int failed = crypto_pwhash(
      octets(key), key.size(), secret.view().data(), secret.view().size(), octets(salt),
      cost.passes, std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) {
    throw Error(ErrorKind::io, "there is too little memory to try a passphrase", {},
                {"it takes 256 MiB for a moment"});
  }
  Secret stretched(key);
  wipe(key);
  return stretched;
}

// `text`, and behind it a tag that vouches for it and for `known`, which is kept in plain.
std::string encrypted(std::string_view text, std::string_view known, std::string_view nonce,
                      const Secret& key) {
  std::string out(text.size() + tag_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(out), nullptr, octets(text), text.size(),
                                             octets(known), known.size(), nullptr, octets(nonce),
                                             octets(key.view()));
  return out;
}

// The reverse; nothing when the key is another or any byte was changed.
std::optional<std::string> decrypted(std::string_view text, std::string_view known,
                                     std::string_view nonce, const Secret& key) {
  if (text.size() < tag_bytes) return std::nullopt;
  std::string out(text.size() - tag_bytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      octets(out), nullptr, nullptr, octets(text), text.size(), octets(known), known.size(),
      octets(nonce), octets(key.view()));
  return failed == 0 ? std::optional(std::move(out)) : std::nullopt;
}

std::string make_slot(const Secret& secret, const Secret& key, PassphraseCost cost) {
  std::string slot = little_endian(cost.passes) + little_endian(cost.memory_kib);
  const std::string salt = random_bytes(salt_bytes);
  const Secret wrapping = stretch(secret, salt, cost);
  const std::string nonce = random_bytes(nonce_bytes);
  return slot + salt + nonce + encrypted(key.view(), {}, nonce, wrapping);
}

// The key in `slot`, or nothing when `secret` is not the one that wraps it.
std::optional<Secret> open_slot(std::string_view slot, const Secret& secret) {
  const PassphraseCost cost{little_endian_at<std::uint32_t>(slot, 0),
                            little_endian_at<std::uint32_t>(slot, 4)};
  const std::string_view salt = slot.substr(cost_bytes, salt_bytes);
  const std::string_view nonce = slot.substr(cost_bytes + salt_bytes, nonce_bytes);
  const std::string_view wrapped = slot.substr(cost_bytes + salt_bytes + nonce_bytes);
  const Secret wrapping = stretch(secret, salt, cost);
  std::optional<std::string> key = decrypted(wrapped, {}, nonce, wrapping);
  if (!key) return std::nullopt;
  std::optional<Secret> opened(*key);
  wipe(*key);
  return opened;
}

// The 25 symbols of what may be a recovery code as a person types it, or nothing.
std::optional<Secret> recovery_symbols(const Secret& typed) {
  std::string symbols;
  symbols.reserve(code_length);  // so that no copy is left behind
  for (const char letter : typed.view()) {
    if (letter == '-' || letter == ' ') continue;
    char symbol = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    if (symbol == 'O') symbol = '0';
    if (symbol == 'I' || symbol == 'L') symbol = '1';
    if (symbols.size() == code_length || code_symbols.find(symbol) == std::string_view::npos) {
      wipe(symbols);
      return {};
    }
    symbols += symbol;
  }
  std::optional<Secret> code;
  if (symbols.size() == code_length) code.emplace(symbols);
  wipe(symbols);
  return code;
}

// Whether the header is whole, as it was written, and asks for no more than we would.
bool is_sound(std::string_view sealed) {
  if (sealed.size() < header_size || !is_locked_image(sealed)) return false;
  const std::string_view sum = sealed.substr(checksum_at, sum_bytes);
  if (header_sum(sealed.substr(0, checksum_at)) != sum) return false;
  for (const std::size_t at : {slots_at, slots_at + slot_bytes}) {
    const PassphraseCost cost{little_endian_at<std::uint32_t>(sealed, at),
                              little_endian_at<std::uint32_t>(sealed, at + 4)};
    if (!is_within_bounds(cost)) return false;
  }
  return true;
}

}  // namespace

bool is_locked_image(std::string_view beginning) { return beginning.starts_with(magic); }

Secret make_recovery_code() {
  start_sodium();
  std::string code;
  code.reserve(code_length + code_length / code_group);
  for (std::size_t i = 0; i < code_length; ++i) {
    if (i > 0 && i % code_group == 0) code += '-';
    code += code_symbols[randombytes_uniform(code_symbols.size())];
  }
  Secret secret(code);
  wipe(code);
  return secret;
}

Lock make_lock(const Secret& passphrase, Secret recovery_code, PassphraseCost cost) {
  start_sodium();
  const std::optional<Secret> symbols = recovery_symbols(recovery_code);
  if (passphrase.empty() || !symbols || !is_within_bounds(cost)) {
    throw Error(ErrorKind::bad_data, "an empty passphrase locks nothing");
  }
  std::string key = random_bytes(key_bytes);
  Lock lock{Secret(key), {}, 0, {}, std::move(recovery_code)};
  wipe(key);
  for (const Secret* secret : {&passphrase, &*symbols}) {
    lock.slots += make_slot(*secret, lock.key, cost);
  }
  return lock;
}

Lock make_lock(const Secret& passphrase, PassphraseCost cost) {
  return make_lock(passphrase, make_recovery_code(), cost);
}

std::string seal(Lock& lock, std::string_view image) {
  start_sodium();
  lock.stamp = random_bytes(nonce_bytes);
  std::string sealed(magic);
  sealed += lock.slots + little_endian(++lock.generation) + lock.stamp;
  sealed += header_sum(sealed);
  return sealed + encrypted(image, sealed, lock.stamp, lock.key);
}

void check_lock(std::string_view sealed, const std::filesystem::path& file) {
  if (!is_sound(sealed)) throw damaged(file);
}

std::optional<Lock> open_lock(std::string_view sealed, const Secret& secret,
                              const std::filesystem::path& file) {
  start_sodium();
  check_lock(sealed, file);
  const std::string_view slots = sealed.substr(slots_at, 2 * slot_bytes);
  // What looks like a code is tried as one first; it may be a passphrase all the same.
  const std::optional<Secret> code = recovery_symbols(secret);
  std::optional<Secret> key;
  if (code) key = open_slot(slots.substr(slot_bytes), *code);
  if (!key) key = open_slot(slots.substr(0, slot_bytes), secret);
  if (!key) return std::nullopt;
  const auto generation = little_endian_at<std::uint64_t>(sealed, generation_at);
  return Lock{*std::move(key),
              std::string(slots),
              generation,
              std::string(sealed.substr(nonce_at, nonce_bytes)),
              {}};
}

bool has_slots(std::string_view beginning, const Lock& lock) {
  return is_locked_image(beginning) && beginning.substr(slots_at).starts_with(lock.slots);
}

std::optional<std::string> unseal(Lock& lock, std::string_view sealed,
                                  const std::filesystem::path& file) {
  start_sodium();
  check_lock(sealed, file);
  if (!has_slots(sealed, lock)) return std::nullopt;
  const std::string_view nonce = sealed.substr(nonce_at, nonce_bytes);
  std::optional<std::string> image =
      decrypted(sealed.substr(header_size), sealed.substr(0, header_size), nonce, lock.key);
  if (!image) throw damaged(file);
  lock.generation = little_endian_at<std::uint64_t>(sealed, generation_at);
  lock.stamp = nonce;
  return image;
}

}  // namespace attune::store
