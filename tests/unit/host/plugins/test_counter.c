#include <cartwright/abi/plugin.h>

typedef struct state {
  uint64_t bytes;
} state;

static int32_t CW_CALL start(void* memory, const cw_init* init) {
  (void)init;
  ((state*)memory)->bytes = 0;
  return CW_OK;
}

static int32_t CW_CALL input(void* memory, const cw_now* now, const cw_input* in, const cw_fx* fx,
                             cw_outcome* outcome) {
  (void)now;
  (void)fx;
  ((state*)memory)->bytes += in->pending_size;
  outcome->consumed = in->pending_size;
  return CW_OK;
}

static const cw_driver driver = {sizeof(cw_driver), sizeof(state), 1, 0, start, input};
static const cw_plugin plugin = {sizeof(cw_plugin), CW_ABI_MAJOR,      CW_ABI_MINOR, 0,
                                 CW_PLUGIN_ID,      CW_PLUGIN_VERSION, &driver,      NULL};

const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info* host) {
  (void)host;
  return &plugin;
}
