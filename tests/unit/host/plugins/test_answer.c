/* A driver for the tests of probes: check_health writes "?" and ends ok when "!" comes, "#" when
 * the driver can not ask. */

#include <cartwright/abi/cartwright.h>
#include <string.h>

typedef struct state {
  uint64_t open_op;
} state;

static int32_t CW_CALL answer_init(void* memory, const cw_init* init) {
  (void)memory;
  (void)init;
  return CW_OK;
}

static void ask(const cw_fx* fx) {
  cw_io io;
  memset(&io, 0, sizeof(io));
  io.struct_size = sizeof(io);
  io.kind = CW_IO_WRITE;
  io.data_size = 1;
  fx->io(fx, &io, (const uint8_t*)"?");
}

static void read_data(state* s, const cw_input* in, const cw_fx* fx, cw_outcome* outcome) {
  uint32_t i;
  outcome->consumed = in->pending_size;
  for (i = 0; i < in->pending_size && s->open_op != 0; ++i) {
    const uint8_t byte = in->pending[i];
    if (byte != '!' && byte != '#') continue;
    fx->done(fx, s->open_op, byte == '!' ? CW_OK : CW_UNSUPPORTED, NULL);
    s->open_op = 0;
  }
}

static int32_t CW_CALL answer_input(void* memory, const cw_now* now, const cw_input* in,
                                    const cw_fx* fx, cw_outcome* outcome) {
  state* s = memory;
  (void)now;
  switch (in->kind) {
    case CW_IN_DATA:
      read_data(s, in, fx, outcome);
      return CW_OK;
    case CW_IN_COMMAND:
      if (in->command->type == CW_DEVICE_CHECK_HEALTH) {
        s->open_op = in->command->op;
        ask(fx);
      }
      return CW_OK;
    case CW_IN_CANCEL:
      if (in->token == s->open_op) fx->done(fx, in->token, in->status, NULL);
      s->open_op = 0;
      return CW_OK;
    default:
      return CW_OK;
  }
}

static const cw_driver driver = {sizeof(cw_driver), sizeof(state), 1, 0, answer_init, answer_input};
static const cw_plugin plugin = {sizeof(cw_plugin), CW_ABI_MAJOR,      CW_ABI_MINOR, 0,
                                 CW_PLUGIN_ID,      CW_PLUGIN_VERSION, &driver,      NULL};

const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info* host) {
  (void)host;
  return &plugin;
}
