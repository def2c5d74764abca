// SPDX-License-Identifier: MIT
#include "base/uuid.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace attune::detail {
namespace {

constexpr std::size_t block_bytes = 64;
constexpr std::size_t length_bytes = 8;
constexpr std::string_view url_namespace{
    "\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8", 16};

using Digest = std::array<std::uint32_t, 5>;

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

// The function and the constant of a round of SHA-1 (FIPS 180-4, 4.1.1 and 4.2.1).
std::uint32_t mixed(std::size_t round, const Digest& v) {
  if (round < 20) return ((v[1] & v[2]) | (~v[1] & v[3])) + 0x5A827999U;
  if (round < 40) return (v[1] ^ v[2] ^ v[3]) + 0x6ED9EBA1U;
  if (round < 60) return ((v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3])) + 0x8F1BBCDCU;
  return (v[1] ^ v[2] ^ v[3]) + 0xCA62C1D6U;
}

void add_block(Digest& digest, std::string_view block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i) {
    words[i] = byte_at(block, 4 * i) << 24 | byte_at(block, 4 * i + 1) << 16 |
               byte_at(block, 4 * i + 2) << 8 | byte_at(block, 4 * i + 3);
  }
  for (std::size_t i = 16; i < words.size(); ++i) {
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  }
  Digest v = digest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t next = std::rotl(v[0], 5) + mixed(i, v) + v[4] + words[i];
    v = {next, v[0], std::rotl(v[1], 30), v[2], v[3]};
  }
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] += v[i];
}

// FIPS 180-4, 6.1. Names are short: the padded copy costs nothing that matters.
Digest sha1(std::string bytes) {
  const std::uint64_t bits = 8 * static_cast<std::uint64_t>(bytes.size());
  bytes += '\x80';
  while (bytes.size() % block_bytes != block_bytes - length_bytes) bytes += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(bits >> shift & 0xFF);
  Digest digest{0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
  for (std::size_t at = 0; at < bytes.size(); at += block_bytes) {
    add_block(digest, std::string_view(bytes).substr(at, block_bytes));
  }
  return digest;
}

}  // namespace

std::string name_uuid(std::string_view name) {
  const Digest digest = sha1(std::string(url_namespace) + std::string(name));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string uuid;
  for (std::size_t i = 0; i < 16; ++i) {
    std::uint32_t byte = digest[i / 4] >> (24 - 8 * (i % 4)) & 0xFF;
    if (i == 6) byte = (byte & 0x0F) | 0x50;  // version 5
    if (i == 8) byte = (byte & 0x3F) | 0x80;  // the variant of RFC 9562
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid += '-';
    uuid += digits[byte >> 4];
    uuid += digits[byte & 0x0F];
  }
  return uuid;
}

}  // namespace attune::detail
