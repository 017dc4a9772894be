// Drops a file so that its reader sees the whole of it or nothing, and so that it survives a crash.
#pragma once

#include <string>

#include "base/result.hpp"

namespace headgate {

// Writes `folder`/.tmp-`name`, syncs it, renames it to `name`, syncs the folder. Blocks. A file of the same name and
// the same bytes is success: a drop may be repeated. Fails with system_unavailable (no folder, no space) or
// system_fault (another file has this name). One writer at a time a folder.
Result<Done> drop_file(const std::string& folder, const std::string& name, const std::string& bytes);

// Is this a folder into which we can write?
Result<Done> writable_folder(const std::string& folder);

}  // namespace headgate
