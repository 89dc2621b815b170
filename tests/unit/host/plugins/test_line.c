/* A driver for the host's own tests: one label a call, and every way to fail. Bytes that mean
 * something: LF ends a label; 1 abort, 2 a wild pointer, 3 an endless loop, 4 roll back, 5 exit,
 * 6 more effects than fit, 7 keep the number of labels, 14 abort while the state is not fresh. */

#include <cartwright/abi/cartwright.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK 7u

typedef struct state {
  uint64_t labels;
  uint64_t open_op;
  uint64_t ticks;
  int64_t tick_ns;
  uint32_t need;
  uint32_t held;
  uint8_t greedy;
  uint8_t deaf;
  uint8_t skipping; /* up to the next LF, after a gap */
  uint8_t fresh;    /* nothing was read with this state */
  char hold[512];
} state;

static int32_t CW_CALL line_init(void* memory, const cw_init* init) {
  state* s = memory;
  s->greedy = (uint8_t)init->settings[0].number;
  s->tick_ns = init->settings[1].number * 1000000;
  s->need = (uint32_t)init->settings[2].number;
  s->deaf = (uint8_t)init->settings[3].number;
  s->fresh = 1;
  if (s->greedy && s->deaf) {
    const char why[] = "greedy and deaf exclude each other";
    memcpy(init->refusal->text, why, sizeof(why) - 1);
    init->refusal->size = sizeof(why) - 1;
    return CW_INVALID;
  }
  return CW_OK;
}

static void emit_label(state* s, const cw_fx* fx, const char* text, uint32_t size) {
  union {
    cw_scanner_data label;
    uint64_t words[128];
  } block;
  memset(&block, 0, sizeof(block));
  block.label.header.type = CW_SCANNER_DATA;
  block.label.header.fixed_size = sizeof(cw_scanner_data);
  block.label.header.size = (uint32_t)sizeof(cw_scanner_data) + size;
  block.label.data.offset = sizeof(cw_scanner_data);
  block.label.data.length = size;
  memcpy((char*)&block + sizeof(cw_scanner_data), text, size);
  fx->emit(fx, &block.label.header);
  s->labels += 1;
}

static void emit_info(const cw_fx* fx, const char* maker) {
  union {
    cw_device_info info;
    uint64_t words[16];
  } block;
  memset(&block, 0, sizeof(block));
  block.info.header.type = CW_DEVICE_INFO;
  block.info.header.fixed_size = sizeof(cw_device_info);
  block.info.header.size = (uint32_t)(sizeof(cw_device_info) + strlen(maker));
  block.info.maker.offset = sizeof(cw_device_info);
  block.info.maker.length = (uint32_t)strlen(maker);
  memcpy((char*)&block + sizeof(cw_device_info), maker, strlen(maker));
  fx->emit(fx, &block.info.header);
}

static void write_text(const cw_fx* fx, const char* text, uint64_t token, uint32_t flags) {
  cw_io io;
  memset(&io, 0, sizeof(io));
  io.struct_size = sizeof(io);
  io.kind = CW_IO_WRITE;
  io.token = token;
  io.flags = flags;
  io.data_size = (uint32_t)strlen(text);
  fx->io(fx, &io, (const uint8_t*)text);
}

static int32_t misbehave(state* s, uint8_t byte, const cw_fx* fx) {
  volatile int zero = 0;
  switch (byte) {
    case 1:
      abort();
    case 2:
      raise(SIGSEGV);
      return CW_OK;
    case 3:
      while (zero == 0) {
      }
      return CW_OK;
    case 4:
      return CW_DEVICE_ERROR;
    case 5:
      _exit(0);
    case 6:
      while (fx->log(fx, CW_LOG_INFO, "more than fits", 14) == CW_OK) {
      }
      return CW_OK;
    case 7:
      fx->keep(fx, 1, 0, (const uint8_t*)&s->labels, sizeof(s->labels));
      return CW_OK;
    case 14:
      if (!s->fresh) abort();
      return CW_OK;
    default:
      return CW_OK;
  }
}

/* One label at most; what is left is shown again. */
static int32_t read_data(state* s, const cw_input* in, const cw_fx* fx, cw_outcome* outcome) {
  uint32_t i;
  if (in->flags & CW_IN_DISCONTINUITY) {
    emit_info(fx, "gap");
    s->skipping = 1;
    s->held = 0;
  }
  if (s->deaf) return CW_OK;
  for (i = 0; i < in->pending_size; ++i) {
    const uint8_t byte = in->pending[i];
    const int32_t status = misbehave(s, byte, fx);
    if (status != CW_OK) return status;
    if (byte != '\n') continue;
    if (!s->skipping) {
      memcpy(s->hold + s->held, in->pending, i);
      emit_label(s, fx, s->hold, s->held + i);
      write_text(fx, "A", s->labels, CW_IO_AFTER_COMMIT);
    }
    s->skipping = 0;
    s->held = 0;
    s->fresh = 0;
    outcome->consumed = i + 1;
    return CW_OK;
  }
  if (s->greedy && s->held + in->pending_size <= sizeof(s->hold)) {
    memcpy(s->hold + s->held, in->pending, in->pending_size);
    s->held += in->pending_size;
    outcome->consumed = in->pending_size;
  }
  outcome->need = s->need;
  return CW_OK;
}

static void start(state* s, const cw_now* now, const cw_input* in, const cw_fx* fx) {
  if (in->flags & CW_IN_STATE_LOST) emit_info(fx, "lost");
  if (in->extra_size >= 16) {
    memcpy(&s->labels, in->extra + sizeof(cw_kept), sizeof(s->labels));
    emit_info(fx, "kept");
  }
  if (s->tick_ns > 0) fx->timer(fx, 0, TICK, now->monotonic_ns + (uint64_t)s->tick_ns);
}

static void tick(state* s, const cw_now* now, const cw_fx* fx) {
  cw_device_progress progress;
  memset(&progress, 0, sizeof(progress));
  progress.header.size = progress.header.fixed_size = sizeof(progress);
  progress.header.type = CW_DEVICE_PROGRESS;
  progress.done = ++s->ticks;
  fx->emit(fx, &progress.header);
  fx->timer(fx, 0, TICK, now->monotonic_ns + (uint64_t)s->tick_ns);
}

/* beep good: written, then done; clear: done twice; check_health: reads blob 5; every other command
 * never ends by itself, and of these only beep bad obeys a cancel. */
static void command(state* s, const cw_record* command, const cw_fx* fx) {
  if (command->type == CW_SCANNER_BEEP && ((const cw_scanner_beep*)command)->kind == CW_BEEP_GOOD) {
    write_text(fx, "G", 1000 + command->op, CW_IO_REPLACE_QUEUED);
  } else if (command->type == CW_SCANNER_BEEP) {
    s->open_op = command->op;
  } else if (command->type == CW_DISPLAY_CLEAR) {
    fx->done(fx, command->op, CW_OK, NULL);
    fx->done(fx, command->op, CW_OK, NULL);
  } else if (command->type == CW_DEVICE_CHECK_HEALTH) {
    fx->blob_read(fx, 5, 2, 4, command->op);
  } else if (command->type == CW_SCALE_ZERO) {
    abort();
  }
}

static int32_t CW_CALL line_input(void* memory, const cw_now* now, const cw_input* in,
                                  const cw_fx* fx, cw_outcome* outcome) {
  state* s = memory;
  switch (in->kind) {
    case CW_IN_START:
      start(s, now, in, fx);
      return CW_OK;
    case CW_IN_DATA:
      return read_data(s, in, fx, outcome);
    case CW_IN_TIMER:
      tick(s, now, fx);
      return CW_OK;
    case CW_IN_COMMAND:
      command(s, in->command, fx);
      return CW_OK;
    case CW_IN_CANCEL:
      if (in->token == s->open_op) fx->done(fx, in->token, in->status, NULL);
      return CW_OK;
    case CW_IN_IO_DONE:
      if (in->token > 1000) {
        fx->done(fx, in->token - 1000, in->flags & CW_IN_REPLACED ? CW_CANCELLED : in->status,
                 NULL);
      }
      return CW_OK;
    case CW_IN_BLOB:
      fx->log(fx, CW_LOG_INFO, (const char*)in->extra, in->extra_size);
      fx->done(fx, in->token, in->status, NULL);
      return CW_OK;
    case CW_IN_STOP:
      write_text(fx, "Z", 0, 0);
      return CW_OK;
    default:
      return CW_OK;
  }
}

static const cw_driver driver = {sizeof(cw_driver), sizeof(state), 1, 0, line_init, line_input};
static const cw_plugin plugin = {sizeof(cw_plugin), CW_ABI_MAJOR,      CW_ABI_MINOR, 0,
                                 CW_PLUGIN_ID,      CW_PLUGIN_VERSION, &driver,      NULL};

const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info* host) {
  (void)host;
  return &plugin;
}
