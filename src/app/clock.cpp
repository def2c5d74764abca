// SPDX-License-Identifier: MIT
#include "app/clock.hpp"

#include <ctime>
#include <stdexcept>
#include <sys/random.h>

#include "attune/decimal.hpp"

namespace attune {
namespace {

int offset_minutes_at(std::time_t seconds) {
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return 0;
  return static_cast<int>(local.tm_gmtoff / 60);
}

}  // namespace

Result<Clock> Clock::make(const std::optional<std::string>& fixed_now) {
  Clock clock;
  if (!fixed_now) return clock;
  clock.fixed_ = parse_rfc3339(*fixed_now);
  if (clock.fixed_) return clock;
  return Error{ErrorKind::usage,
               "not a time",
               "ATTUNE_NOW",
               {"write it as in RFC 3339: 2026-11-24T09:14:00+01:00"}};
}

Instant Clock::now() const {
  if (fixed_) return *fixed_;
  std::timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return {static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000,
          offset_minutes_at(time.tv_sec)};
}

Instant Clock::noon_of(Date date) const {
  const std::int64_t noon_seconds = days_since_epoch(date) * 86'400 + std::int64_t{12} * 3600;
  const int offset =
      fixed_ ? fixed_->offset_minutes : offset_minutes_at(static_cast<std::time_t>(noon_seconds));
  return {(noon_seconds - std::int64_t{60} * offset) * 1'000'000, offset};
}

double Clock::seconds() const {
  if (fixed_) return 0;
  std::timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

Result<Random> Random::make(const std::optional<std::string>& fixed_seed) {
  Random random;
  if (!fixed_seed) return random;
  const auto seed = parse_whole(*fixed_seed);
  if (!seed) {
    return Error{ErrorKind::usage, "not a whole number", "ATTUNE_SEED", {"write it as 42"}};
  }
  random.seed_ = static_cast<std::uint64_t>(*seed);
  return random;
}

std::uint64_t Random::next() {
  if (seed_) return *seed_ += 0x9E3779B97F4A7C15U;
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) {
    throw std::runtime_error("the system gives no random numbers");
  }
  return number;
}

std::string record_id(Random& random) {
  constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's base 32
  std::uint64_t bits = random.next();
  std::string id;
  for (int i = 0; i < 10; ++i) {
    id += alphabet[bits % 32];
    bits /= 32;
  }
  return id;
}

}  // namespace attune
