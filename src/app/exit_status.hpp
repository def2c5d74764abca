// SPDX-License-Identifier: MIT
#pragma once

#include "app/streams.hpp"
