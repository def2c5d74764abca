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
constexpr std::size_t key_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t wrapped_bytes = key_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t slot_bytes = cost_bytes + salt_bytes + nonce_bytes + wrapped_bytes;
constexpr std::size_t generation_bytes = 8;
constexpr std::size_t stream_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t sum_bytes = crypto_generichash_BYTES;

constexpr std::size_t slots_at = magic.size();
constexpr std::size_t generation_at = slots_at + 2 * slot_bytes;
constexpr std::size_t stream_at = generation_at + generation_bytes;
constexpr std::size_t checksum_at = stream_at + stream_bytes;
constexpr std::size_t header_size = checksum_at + sum_bytes;

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;
constexpr std::size_t chunk_extra = crypto_secretstream_xchacha20poly1305_ABYTES;

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

std::string make_slot(const Secret& secret, const Secret& key, PassphraseCost cost) {
  std::string slot = little_endian(cost.passes) + little_endian(cost.memory_kib);
  const std::string salt = random_bytes(salt_bytes);
  const Secret wrapping = stretch(secret, salt, cost);
  const std::string nonce = random_bytes(nonce_bytes);
  std::string wrapped(wrapped_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets(wrapped), nullptr, octets(key.view()),
                                             key_bytes, nullptr, 0, nullptr, octets(nonce),
                                             octets(wrapping.view()));
  return slot + salt + nonce + wrapped;
}

// The key in `slot`, or nothing when `secret` is not the one that wraps it.
std::optional<Secret> open_slot(std::string_view slot, const Secret& secret) {
  const PassphraseCost cost{little_endian_at<std::uint32_t>(slot, 0),
                            little_endian_at<std::uint32_t>(slot, 4)};
  const std::string_view salt = slot.substr(cost_bytes, salt_bytes);
  const std::string_view nonce = slot.substr(cost_bytes + salt_bytes, nonce_bytes);
  const std::string_view wrapped = slot.substr(cost_bytes + salt_bytes + nonce_bytes);
  const Secret wrapping = stretch(secret, salt, cost);
  std::array<char, key_bytes> key{};
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(key.data()), nullptr, nullptr, octets(wrapped),
      wrapped.size(), nullptr, 0, octets(nonce), octets(wrapping.view()));
  if (failed != 0) return std::nullopt;
  std::optional<Secret> opened(std::string_view(key.data(), key.size()));
  sodium_memzero(key.data(), key.size());
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

Secret make_recovery_code() {
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

using Stream = crypto_secretstream_xchacha20poly1305_state;

// Opens all chunks onto `image`: whether each is as it was sealed, and the last one is the last.
bool pull_all(Stream& stream, std::string_view header, std::string_view rest, std::string& image) {
  for (std::string_view extra = header; !rest.empty(); extra = {}) {
    const std::string_view chunk = rest.substr(0, chunk_bytes + chunk_extra);
    rest.remove_prefix(chunk.size());
    if (chunk.size() < chunk_extra) return false;
    const std::size_t before = image.size();
    image.resize(before + chunk.size() - chunk_extra);
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&stream, octets(image) + before, nullptr, &tag,
                                                   octets(chunk), chunk.size(), octets(extra),
                                                   extra.size()) != 0) {
      return false;
    }
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) return rest.empty();
  }
  return false;
}

}  // namespace

bool is_locked_image(std::string_view beginning) { return beginning.starts_with(magic); }

Lock make_lock(const Secret& passphrase, PassphraseCost cost) {
  start_sodium();
  if (passphrase.empty() || !is_within_bounds(cost)) {
    throw Error(ErrorKind::bad_data, "an empty passphrase locks nothing");
  }
  std::string key = random_bytes(key_bytes);
  Lock lock{Secret(key), {}, 0, make_recovery_code()};
  wipe(key);
  const Secret symbols = recovery_symbols(lock.recovery_code).value();
  for (const Secret* secret : {&passphrase, &symbols}) {
    lock.slots += make_slot(*secret, lock.key, cost);
  }
  return lock;
}

std::string seal(const Lock& lock, std::string_view image) {
  start_sodium();
  std::string sealed(magic);
  sealed.reserve(header_size + image.size() + (image.size() / chunk_bytes + 1) * chunk_extra);
  sealed += lock.slots;
  sealed += little_endian(lock.generation + 1);
  Stream stream{};
  std::string header(stream_bytes, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&stream, octets(header), octets(lock.key.view()));
  sealed += header;
  sealed += header_sum(sealed);
  std::string extra = sealed;
  do {
    const std::string_view chunk = image.substr(0, chunk_bytes);
    image.remove_prefix(chunk.size());
    const std::size_t before = sealed.size();
    sealed.resize(before + chunk.size() + chunk_extra);
    crypto_secretstream_xchacha20poly1305_push(
        &stream, octets(sealed) + before, nullptr, octets(chunk), chunk.size(), octets(extra),
        extra.size(),
        image.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                      : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    extra.clear();
  } while (!image.empty());
  sodium_memzero(&stream, sizeof stream);
  return sealed;
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
  return Lock{*std::move(key),
              std::string(slots),
              little_endian_at<std::uint64_t>(sealed, generation_at),
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
  const std::string_view header = sealed.substr(0, header_size);
  Stream stream{};
  std::string image;
  image.reserve(sealed.size());
  const bool begun = crypto_secretstream_xchacha20poly1305_init_pull(
                         &stream, octets(header.substr(stream_at)), octets(lock.key.view())) == 0;
  const bool whole = begun && pull_all(stream, header, sealed.substr(header_size), image);
  sodium_memzero(&stream, sizeof stream);
  if (!whole) {
    wipe(image);
    throw damaged(file);
  }
  lock.generation = little_endian_at<std::uint64_t>(sealed, generation_at);
  return image;
}

}  // namespace attune::store
