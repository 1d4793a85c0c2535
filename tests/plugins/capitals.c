/* A plugin in C: drops lines that have no lower-case letter and at least
 * eight capitals. The tests compile it with `cc` and load it as any other;
 * with the macros below it becomes one that must be refused. */

#include <string.h>

#include "cleancopy.h"

#ifndef TEST_SYMBOL
#define TEST_SYMBOL cleancopy_plugin_capitals
#endif
#ifndef TEST_ABI_MAJOR
#define TEST_ABI_MAJOR CLEANCOPY_ABI_MAJOR
#endif
#ifndef TEST_ABI_MINOR
#define TEST_ABI_MINOR CLEANCOPY_ABI_MINOR
#endif
#ifndef TEST_MAGIC
#define TEST_MAGIC CLEANCOPY_MAGIC
#endif
#ifndef TEST_SIZE
#define TEST_SIZE sizeof(cleancopy_descriptor)
#endif
#ifndef TEST_NAME
#define TEST_NAME "capitals"
#endif
#ifndef TEST_CATEGORY
#define TEST_CATEGORY "advertisement"
#endif

static int is_shouted(const uint8_t *text, uint64_t length) {
  int capitals = 0;
  for (uint64_t i = 0; i < length; i++) {
    if (text[i] >= 'a' && text[i] <= 'z') return 0;
    if (text[i] >= 'A' && text[i] <= 'Z') capitals++;
  }
  return capitals >= 8;
}

static int32_t schema(const cleancopy_sink *sink) {
  static const cleancopy_str json =
      CLEANCOPY_STR("{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}");
  sink->message(sink->context, CLEANCOPY_MESSAGE_SCHEMA, json);
  return CLEANCOPY_STATUS_OK;
}

static int32_t create(cleancopy_str settings, const cleancopy_sink *sink, void **instance) {
  (void)settings;
  (void)sink;
  *instance = NULL; /* there is nothing to remember */
  return CLEANCOPY_STATUS_OK;
}

static int32_t clean(void *instance, const cleancopy_document *document,
                     const cleancopy_sink *sink) {
  (void)instance;
  for (size_t i = 0; i < document->block_count; i++) {
    /* Blocks may grow in later versions: step by the size the host says. */
    const cleancopy_block *block =
        (const cleancopy_block *)((const char *)document->blocks + i * document->block_size);
    if (!is_shouted(document->text.data + block->start, block->end - block->start)) continue;
    cleancopy_edit edit;
    memset(&edit, 0, sizeof edit);
    edit.size = sizeof edit;
    edit.op = CLEANCOPY_OP_REMOVE;
    edit.block = i;
    edit.end = CLEANCOPY_WHOLE_BLOCK;
    edit.rule = (cleancopy_str)CLEANCOPY_STR("capitals/shouted");
    edit.category = (cleancopy_str)CLEANCOPY_STR(TEST_CATEGORY);
    sink->edit(sink->context, &edit);
  }
  return CLEANCOPY_STATUS_OK;
}

static void destroy(void *instance) { (void)instance; }

#ifdef _WIN32
__declspec(dllexport)
#endif
const cleancopy_descriptor TEST_SYMBOL = {
    .prefix = {.magic = TEST_MAGIC,
               .abi_major = TEST_ABI_MAJOR,
               .abi_minor = TEST_ABI_MINOR,
               .size = TEST_SIZE},
    .name = CLEANCOPY_STR(TEST_NAME),
    .version = CLEANCOPY_STR("2.5.0"),
    .description = CLEANCOPY_STR("drops lines in capitals"),
    .schema = schema,
    .create = create,
    .clean = clean,
    .destroy = destroy,
};
