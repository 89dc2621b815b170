#ifndef CARTWRIGHT_ABI_PLUGIN_H
#define CARTWRIGHT_ABI_PLUGIN_H

/* The one symbol of a plugin. Everything else stays hidden. The manifest is data in the binary (the
 * ELF note described in docs/abi.md) and is read before any of this runs. */

#include "driver.h"
#include "own.h"

#define CW_PLUGIN_ENTRY "cw_plugin_entry_v1"

/* The ELF note that holds the manifest's JSON: section, owner and type. */
#define CW_NOTE_SECTION ".note.cartwright"
#define CW_NOTE_OWNER "Cartwright"
#define CW_NOTE_MANIFEST 1u

typedef struct cw_host_info {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;
  uint32_t reserved;
  const char *name;    /* ends with 0, "cartwright" */
  const char *version; /* ends with 0, "0.1.0" */
} cw_host_info;

typedef struct cw_plugin {
  uint32_t struct_size;
  uint32_t abi_major; /* CW_ABI_MAJOR and CW_ABI_MINOR of the headers it was built with */
  uint32_t abi_minor;
  uint32_t reserved;
  const char *id;          /* ends with 0; equal to the manifest's id */
  const char *version;     /* ends with 0; equal to the manifest's version */
  const cw_driver *driver; /* one of these two, as the manifest's io says */
  const cw_own_driver *own;
} cw_plugin;

#ifdef __cplusplus
extern "C"
#endif
    /* Returns the plugin's table, which lives as long as the binary, or null when it can not run
     * under this host. May be called more than once. [any-thread] */
    CW_EXPORT const cw_plugin *CW_CALL
    cw_plugin_entry_v1(const cw_host_info *host);

#endif
