// SPDX-License-Identifier: MIT
#pragma once

#include "app/world.hpp"
