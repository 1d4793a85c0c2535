/* Drops lines that hold nothing but ornaments, such as `* * *`.
 *
 * The rules of the boundary: whatever you are given is borrowed and good for
 * the call only; texts are UTF-8 with a length and may hold zeros; edits go to
 * the sink; nothing is kept between documents. */

#include <string.h>

#include "cleancopy.h"

/* How many ornaments a line must have at least. */
enum { LEAST = 3 };

static int is_ornament(const uint8_t *text, uint64_t length) {
  int marks = 0;
  for (uint64_t i = 0; i < length; i++) {
    if (text[i] == '*' || text[i] == '~') {
      marks++;
    } else if (text[i] != ' ') {
      return 0;
    }
  }
  return marks >= LEAST;
}

/* Which settings a profile may give, as JSON Schema: none. */
static int32_t schema(const cleancopy_sink *sink) {
  static const cleancopy_str json =
      CLEANCOPY_STR("{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}");
  sink->message(sink->context, CLEANCOPY_MESSAGE_SCHEMA, json);
  return CLEANCOPY_STATUS_OK;
}

/* Once per worker thread; `settings` is JSON. */
static int32_t create(cleancopy_str settings, const cleancopy_sink *sink, void **instance) {
  (void)settings;
  (void)sink;
  *instance = NULL; /* there is nothing to remember */
  return CLEANCOPY_STATUS_OK;
}

/* Once per document: propose edits. When you are not sure, leave the line. */
static int32_t clean(void *instance, const cleancopy_document *document,
                     const cleancopy_sink *sink) {
  (void)instance;
  for (size_t i = 0; i < document->block_count; i++) {
    /* Blocks may grow in later versions: step by the size the host says. */
    const cleancopy_block *block =
        (const cleancopy_block *)((const char *)document->blocks + i * document->block_size);
    if (!is_ornament(document->text.data + block->start, block->end - block->start)) continue;
    cleancopy_edit edit;
    memset(&edit, 0, sizeof edit);
    edit.size = sizeof edit;
    edit.op = CLEANCOPY_OP_REMOVE;
    edit.block = i;
    edit.end = CLEANCOPY_WHOLE_BLOCK;
    edit.rule = (cleancopy_str)CLEANCOPY_STR("@NAME@/ornament");
    edit.category = (cleancopy_str)CLEANCOPY_STR("navigation");
    sink->edit(sink->context, &edit);
  }
  return CLEANCOPY_STATUS_OK;
}

static void destroy(void *instance) { (void)instance; }

#ifdef _WIN32
__declspec(dllexport)
#endif
const cleancopy_descriptor cleancopy_plugin_@CRATE@ = {
    .prefix = {.magic = CLEANCOPY_MAGIC,
               .abi_major = CLEANCOPY_ABI_MAJOR,
               .abi_minor = CLEANCOPY_ABI_MINOR,
               .size = sizeof(cleancopy_descriptor)},
    .name = CLEANCOPY_STR("@NAME@"),
    .version = CLEANCOPY_STR("0.1.0"),
    .description = CLEANCOPY_STR("drops lines of ornaments"),
    .schema = schema,
    .create = create,
    .clean = clean,
    .destroy = destroy,
};
