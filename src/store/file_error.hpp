// SPDX-License-Identifier: MIT
#pragma once
#include "store/private_files.hpp"
