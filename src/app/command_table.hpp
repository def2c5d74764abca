// SPDX-License-Identifier: MIT
#pragma once

#include "app/commands.hpp"
