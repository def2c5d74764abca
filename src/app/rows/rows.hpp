// SPDX-License-Identifier: MIT
#pragma once

/// The rows of the command table, by family; command_table.cpp puts them in their order.

#include "app/command_table.hpp"

namespace attune {

extern const Command take_row;

extern const Command list_row;
extern const Command show_row;
extern const Command codebook_row;
extern const Command check_row;
extern const Command init_row;
extern const Command wording_row;

extern const Command score_row;
extern const Command analyze_row;

extern const Command trend_row;
extern const Command report_row;
extern const Command relationships_row;
extern const Command compare_row;
extern const Command moments_row;
extern const Command progress_row;
extern const Command next_row;
extern const Command due_row;
extern const Command schedule_row;

extern const Command history_list_row;
extern const Command history_show_row;
extern const Command history_delete_row;
extern const Command history_undo_row;
extern const Command history_drafts_row;
extern const Command history_discard_row;
extern const Command history_export_row;
extern const Command history_import_row;
extern const Command history_backup_row;
extern const Command history_rescore_row;
extern const Command history_purge_row;
extern const Command history_lock_row;
extern const Command history_unlock_row;
extern const Command history_passphrase_row;

}  // namespace attune
