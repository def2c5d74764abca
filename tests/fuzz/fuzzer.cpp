// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* bytes = reinterpret_cast<const char*>(data);  // NOLINT: bytes as text
  attune::test::ATTUNE_FUZZ_TARGET(std::string_view(bytes, size));
  return 0;
}
