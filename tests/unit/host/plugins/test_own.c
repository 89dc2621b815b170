/* A plugin with own I/O for the host's own tests. beep good: a thread emits a label, then ends it;
 * beep bad: ends when it is cancelled; check_health: a thread reads blob 5 and logs it; brightness:
 * keeps its value; zero: aborts; clear: ends it INVALID from command(). */

#include <cartwright/abi/cartwright.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct instance {
  const cw_own_host* host;
  uint64_t waiting;
  uint64_t op; /* of the thread's work */
  uint32_t work;
  pthread_t thread;
  int has_thread;
} instance;

static void emit_label(const cw_own_host* host, const char* text) {
  union {
    cw_scanner_data label;
    uint64_t words[32];
  } block;
  memset(&block, 0, sizeof(block));
  block.label.header.type = CW_SCANNER_DATA;
  block.label.header.fixed_size = sizeof(cw_scanner_data);
  block.label.header.size = (uint32_t)(sizeof(cw_scanner_data) + strlen(text));
  block.label.data.offset = sizeof(cw_scanner_data);
  block.label.data.length = (uint32_t)strlen(text);
  memcpy((char*)&block + sizeof(cw_scanner_data), text, strlen(text));
  host->emit(host, &block.label.header);
}

static void* work(void* argument) {
  instance* self = argument;
  const cw_own_host* host = self->host;
  if (self->work == CW_SCANNER_BEEP) {
    emit_label(host, "own");
  } else {
    uint8_t piece[4];
    uint64_t offset = 0;
    uint32_t got = 0;
    while (host->blob_read(host, 5, offset, piece, sizeof(piece), &got) == CW_OK && got > 0) {
      host->log(host, CW_LOG_INFO, (const char*)piece, got);
      offset += got;
    }
  }
  host->done(host, self->op, CW_OK, NULL);
  return NULL;
}

static void begin(instance* self, const cw_record* command) {
  if (self->has_thread) pthread_join(self->thread, NULL);
  self->op = command->op;
  self->work = command->type;
  self->has_thread = pthread_create(&self->thread, NULL, work, self) == 0;
}

static int32_t CW_CALL own_create(const cw_init* init, const uint8_t* kept, uint32_t kept_size,
                                  const cw_own_host* host, void** self) {
  instance* made;
  (void)kept;
  if (init->settings[0].number) return CW_DEVICE_ERROR;
  made = calloc(1, sizeof(*made));
  if (made == NULL) return CW_NO_SPACE;
  made->host = host;
  *self = made;
  if (kept_size > 0) emit_label(host, "kept");
  return CW_OK;
}

static int32_t CW_CALL own_command(void* instance_, const cw_record* command) {
  instance* self = instance_;
  const cw_own_host* host = self->host;
  switch (command->type) {
    case CW_SCANNER_BEEP:
      if (((const cw_scanner_beep*)command)->kind == CW_BEEP_GOOD) {
        begin(self, command);
      } else {
        self->waiting = command->op;
      }
      return CW_OK;
    case CW_DEVICE_CHECK_HEALTH:
      begin(self, command);
      return CW_OK;
    case CW_DISPLAY_BRIGHTNESS:
      host->keep(host, 1, 0, (const uint8_t*)"value", 5);
      host->link_state(host, 0);
      return host->done(host, command->op, CW_OK, NULL);
    case CW_SCALE_ZERO:
      abort();
    default:
      return CW_INVALID;
  }
}

static int32_t CW_CALL own_cancel(void* instance_, uint64_t op) {
  instance* self = instance_;
  if (op == self->waiting) self->host->done(self->host, op, CW_CANCELLED, NULL);
  return CW_OK;
}

static void CW_CALL own_destroy(void* instance_) {
  instance* self = instance_;
  if (self->has_thread) pthread_join(self->thread, NULL);
  emit_label(self->host, "bye");
  free(self);
}

static const cw_own_driver driver = {sizeof(cw_own_driver), 0,          own_create,
                                     own_command,           own_cancel, own_destroy};
static const cw_plugin plugin = {sizeof(cw_plugin), CW_ABI_MAJOR,      CW_ABI_MINOR, 0,
                                 CW_PLUGIN_ID,      CW_PLUGIN_VERSION, NULL,         &driver};

const cw_plugin* CW_CALL cw_plugin_entry_v1(const cw_host_info* host) {
  (void)host;
  return &plugin;
}
