/* The twin of hello-scanner in C99: labels that end with a carriage return. */
#include <cartwright/abi/cartwright.h>
#include <string.h>

/* The ABI wants a state of at least one byte; this driver remembers nothing. */
typedef struct state {
  uint64_t unused;
} state;

static int32_t CW_CALL start(void* memory, const cw_init* init) {
  (void)memory;
  (void)init;
  return CW_OK;
}

static int32_t emit_label(const cw_fx* fx, const uint8_t* label, uint32_t size) {
  struct {
    cw_scanner_data event;
    uint8_t label[1024];
  } block;
  if (size > sizeof block.label) return fx->fault(fx, 0, "label too long", 14);
  memset(&block.event, 0, sizeof block.event);
  memcpy(block.label, label, size);
  block.event.header.type = CW_SCANNER_DATA;
  block.event.header.fixed_size = sizeof block.event;
  block.event.header.size = (uint32_t)((sizeof block.event + size + 7) & ~(size_t)7);
  block.event.data.offset = sizeof block.event;
  block.event.data.length = size;
  return fx->emit(fx, &block.event.header);
}

static int32_t CW_CALL input(void* memory, const cw_now* now, const cw_input* in, const cw_fx* fx,
                             cw_outcome* outcome) {
  (void)memory;
  (void)now;
  if (in->kind == CW_IN_COMMAND) return fx->done(fx, in->command->op, CW_UNSUPPORTED, NULL);
  if (in->kind != CW_IN_DATA) return CW_OK;
  while (outcome->consumed < in->pending_size) {
    const uint8_t* label = in->pending + outcome->consumed;
    const uint32_t left = in->pending_size - outcome->consumed;
    const uint8_t* end = memchr(label, '\r', left);
    int32_t status;
    if (end == NULL) break;
    status = emit_label(fx, label, (uint32_t)(end - label));
    if (status != CW_OK) return status;
    outcome->consumed += (uint32_t)(end - label) + 1;
  }
  if ((in->flags & CW_IN_FULL) != 0 && outcome->consumed == 0) {
    outcome->consumed = in->pending_size;
    return fx->fault(fx, 0, "no carriage return in sight", 27);
  }
  return CW_OK;
}

static const cw_driver driver = {sizeof(cw_driver), sizeof(state), 1, 0, start, input};
static const cw_plugin plugin = {sizeof(cw_plugin), CW_ABI_MAJOR, CW_ABI_MINOR, 0,
                                 "hello-scanner-c", "1.0.0",      &driver,      NULL};

const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info* host) {
  (void)host;
  return &plugin;
}
