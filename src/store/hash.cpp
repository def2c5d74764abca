// SPDX-License-Identifier: MIT
#include <array>
#include <sodium/crypto_hash_sha256.h>

#include "attune/catalogue.hpp"

namespace attune {

std::string sha256(std::string_view bytes) {
  // This function of libsodium is plain C without a choice of implementations, so it needs no
  // sodium_init, whose look at the processor and the random source every start would pay for.
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  const void* data = bytes.data();
  crypto_hash_sha256(digest.data(), static_cast<const unsigned char*>(data), bytes.size());
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

}  // namespace attune
