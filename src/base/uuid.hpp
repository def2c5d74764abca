// SPDX-License-Identifier: MIT
#pragma once

/// Names turned into UUIDs: the same name always gives the same one, so nothing has to be random or
/// remembered. Not for secrets, and not for telling whether bytes were changed: the SHA-1 within is
/// what the standard asks for, and no longer safe for that.
///
///     name_uuid("urn:attune:record:k3v9x0a1b2")

#include <string>
#include <string_view>

namespace attune::detail {

/// The UUID of version 5 (RFC 9562, 5.5) of `name`, a URI, in the namespace for URLs
/// (6ba7b811-9dad-11d1-80b4-00c04fd430c8): 36 characters, small letters.
[[nodiscard]] std::string name_uuid(std::string_view name);

}  // namespace attune::detail
