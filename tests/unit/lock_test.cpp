// SPDX-License-Identifier: MIT
#include "store/lock.hpp"

#include <doctest/doctest.h>
#include <set>
#include <sodium/crypto_generichash.h>
#include <string>

#include "attune/history.hpp"
#include "attune/text.hpp"

#include "history_values.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

constexpr store::PassphraseCost cheap{1, 8};
constexpr std::size_t header_size = 272;
constexpr std::size_t chunk_size = std::size_t{64} * 1024;
constexpr std::size_t chunk_extra = 17;

const std::filesystem::path file = "history.db";

Secret passphrase() { return Secret("correct horse"); }

struct Sealed {
  store::Lock lock = store::make_lock(passphrase(), cheap);
};

// Bytes that compress badly and differ everywhere.
std::string image_of(std::size_t size) {
  std::string image;
  std::uint32_t state = 1;
  while (image.size() < size) {
    state = state * 1'664'525U + 1'013'904'223U;
    image += static_cast<char>(state >> 24U);
  }
  return image;
}

unsigned char* as_bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

bool opens(std::string_view sealed, std::string_view secret) {
  return store::open_lock(sealed, Secret(secret), file).has_value();
}

}  // namespace

TEST_CASE("what is sealed opens by the passphrase and by the recovery code, and by nothing else") {
  Sealed sealed;
  const std::string bytes = store::seal(sealed.lock, "the image");
  CHECK(store::is_locked_image(bytes));
  CHECK(bytes.find("the image") == std::string::npos);
  const std::string code(sealed.lock.recovery_code.view());
  for (const std::string& secret : {std::string(passphrase().view()), code}) {
    std::optional<store::Lock> lock = store::open_lock(bytes, Secret(secret), file);
    REQUIRE(lock.has_value());
    CHECK(store::unseal(*lock, bytes, file) == "the image");
  }
  for (const char* wrong :
       {"Correct horse", "correct horse ", "", "00000-00000-00000-00000-00000"}) {
    CHECK_FALSE(opens(bytes, wrong));
  }
  CHECK_FALSE(opens(bytes, code.substr(1)));
}

TEST_CASE("a recovery code may be typed as a person reads it") {
  Sealed sealed;
  std::string code;
  while (code.find('0') == std::string::npos || code.find('1') == std::string::npos) {
    sealed.lock = store::make_lock(passphrase(), cheap);
    code = sealed.lock.recovery_code.view();
  }
  const std::string bytes = store::seal(sealed.lock, "");
  const auto typed = [&](const char* zero, const char* one, const char* between) {
    return replace_all(replace_all(replace_all(code, "0", zero), "1", one), "-", between);
  };
  CHECK(opens(bytes, lower_case(typed("o", "i", " "))));
  CHECK(opens(bytes, lower_case(typed("0", "l", "-"))));
  CHECK(opens(bytes, typed("O", "L", "")));
  CHECK(opens(bytes, typed("O", "I", "")));
  code.back() = code.back() == 'Z' ? 'Y' : 'Z';
  CHECK_FALSE(opens(bytes, code));
}

TEST_CASE("a passphrase that looks like a recovery code is one all the same") {
  const Secret odd("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA");
  store::Lock lock = store::make_lock(odd, cheap);
  CHECK(opens(store::seal(lock, "image"), odd.view()));
}

TEST_CASE("recovery codes are 25 symbols in fives, and no two alike") {
  std::set<std::string> seen;
  std::set<char> symbols;
  for (int i = 0; i < 200; ++i) {
    const store::Lock lock = store::make_lock(passphrase(), cheap);
    const std::string text(lock.recovery_code.view());
    CHECK(text.size() == 29);
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (at % 6 == 5) {
        CHECK(text[at] == '-');
      } else {
        symbols.insert(text[at]);
      }
    }
    CHECK(seen.insert(text).second);
  }
  CHECK(symbols.size() == 32);  // 5,000 draws: each one missing has a chance of 10^-69
}

TEST_CASE("images of every size around a chunk come back the same") {
  Sealed sealed;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, chunk_size - 1, chunk_size,
                                 chunk_size + 1, 3 * chunk_size, 3 * chunk_size + 7}) {
    CAPTURE(size);
    const std::string image = image_of(size);
    const std::string bytes = store::seal(sealed.lock, image);
    const std::size_t chunks = size == 0 ? 1 : (size + chunk_size - 1) / chunk_size;
    CHECK(bytes.size() == header_size + size + chunks * chunk_extra);
    CHECK(store::unseal(sealed.lock, bytes, file) == image);
  }
}

TEST_CASE("each save is another generation, sealed anew") {
  Sealed sealed;
  const std::string first = store::seal(sealed.lock, "image");
  ++sealed.lock.generation;
  const std::string second = store::seal(sealed.lock, "image");
  CHECK(first.substr(header_size) != second.substr(header_size));
  store::Lock lock = *store::open_lock(first, passphrase(), file);
  CHECK(lock.generation == 1);
  CHECK(store::unseal(lock, second, file) == "image");
  CHECK(lock.generation == 2);
}

TEST_CASE("every changed byte of a locked file is noticed") {
  Sealed sealed;
  const std::string bytes = store::seal(sealed.lock, image_of(300));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const unsigned change : {0x01U, 0x80U, 0xffU}) {
      CAPTURE(at);
      std::string changed = bytes;
      changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ change);
      store::Lock lock{Secret(sealed.lock.key.view()), sealed.lock.slots, 0};
      CHECK(kind([&] { return store::unseal(lock, changed, file); }) == ErrorKind::bad_data);
    }
  }
}

TEST_CASE("every truncation of a locked file, and anything added, is noticed") {
  Sealed sealed;
  const std::string bytes = store::seal(sealed.lock, image_of(chunk_size + 100));
  const auto step = [&](std::size_t size) -> std::size_t {
    return size < header_size + 40 || size + 200 > bytes.size() ? 1 : 251;
  };
  for (std::size_t size = 0; size < bytes.size(); size += step(size)) {
    CAPTURE(size);
    CHECK(kind([&] { return store::unseal(sealed.lock, bytes.substr(0, size), file); }) ==
          ErrorKind::bad_data);
  }
  // Exactly between two chunks, where each chunk that is left is whole.
  const std::size_t between = header_size + chunk_size + chunk_extra;
  CHECK(kind([&] { return store::unseal(sealed.lock, bytes.substr(0, between), file); }) ==
        ErrorKind::bad_data);
  CHECK(kind([&] { return store::unseal(sealed.lock, bytes + '\0', file); }) ==
        ErrorKind::bad_data);
  CHECK(kind([&] { return store::unseal(sealed.lock, bytes + bytes.substr(between), file); }) ==
        ErrorKind::bad_data);
}

// Someone without the key can compute the checksum anew: it tells damage, and proves nothing.
TEST_CASE("a header that was changed with a right checksum is noticed as well") {
  constexpr std::size_t checksum_at = header_size - 32;
  Sealed sealed;
  const std::string bytes = store::seal(sealed.lock, "image");
  const std::string code(sealed.lock.recovery_code.view());
  for (std::size_t at = 16; at < checksum_at; ++at) {
    CAPTURE(at);
    std::string forged = bytes;
    forged[at] = static_cast<char>(forged[at] ^ 1);
    std::string sum(32, '\0');
    REQUIRE(crypto_generichash(as_bytes(sum), sum.size(), as_bytes(forged), checksum_at, nullptr,
                               0) == 0);
    forged.replace(checksum_at, sum.size(), sum);
    // By the passphrase, by the code, or not at all; and never the image.
    for (const std::string& secret : {std::string(passphrase().view()), code}) {
      std::optional<store::Lock> opened;
      if (error_of([&] { opened = store::open_lock(forged, Secret(secret), file); }) || !opened)
        continue;
      store::Lock lock{Secret(opened->key.view()), opened->slots, 0};
      CHECK(kind([&] { return store::unseal(lock, forged, file); }) == ErrorKind::bad_data);
    }
  }
}

TEST_CASE("chunks can't change their places") {
  Sealed sealed;
  const std::string bytes = store::seal(sealed.lock, image_of(3 * chunk_size));
  const std::size_t whole = chunk_size + chunk_extra;
  const std::string swapped =
      bytes.substr(0, header_size) + bytes.substr(header_size + whole, whole) +
      bytes.substr(header_size, whole) + bytes.substr(header_size + 2 * whole);
  CHECK(swapped.size() == bytes.size());
  CHECK(kind([&] { return store::unseal(sealed.lock, swapped, file); }) == ErrorKind::bad_data);
}

TEST_CASE("another lock is told apart from damage") {
  Sealed one;
  Sealed other;
  CHECK_FALSE(store::unseal(one.lock, store::seal(other.lock, "image"), file).has_value());
}

TEST_CASE("a cost is bounded") {
  for (const store::PassphraseCost cost :
       {store::PassphraseCost{0, 8}, store::PassphraseCost{17, 8}, store::PassphraseCost{1, 7},
        store::PassphraseCost{1, 1'048'577}}) {
    CHECK(kind([&] { return store::make_lock(passphrase(), cost); }) == ErrorKind::bad_data);
  }
  CHECK(kind([&] { return store::make_lock(Secret(""), cheap); }) == ErrorKind::bad_data);
}

TEST_CASE("a secret does not stay behind where it was") {
  Secret first("a passphrase that is rather long");
  const std::string_view seen = first.view();
  Secret second(std::move(first));
  CHECK(first.empty());  // NOLINT: that is the question
  CHECK(second.view().data() == seen.data());
  second = Secret("another");
  CHECK(second.view() == "another");
  std::string text = "short";
  const char* bytes = text.data();
  wipe(text);
  CHECK(text.empty());
  CHECK(std::string_view(bytes, 5) == std::string_view("\0\0\0\0\0", 5));
}
