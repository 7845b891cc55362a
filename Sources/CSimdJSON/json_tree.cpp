#include "martlet_json_tree.h"

#include <new>
#include <simdjson.h>

// The words handed to Swift are simdjson's own tape, whose layout its documentation fixes; nothing is copied.
struct martlet_json_tree {
  simdjson::dom::parser parser;
};

extern "C" martlet_json_tree *martlet_json_tree_parse(const uint8_t *bytes, size_t length, size_t max_depth,
                                                      martlet_json_tree_status *status) {
  auto *tree = new (std::nothrow) martlet_json_tree;
  if (tree == nullptr) {
    *status = MARTLET_JSON_TREE_NO_MEMORY;
    return nullptr;
  }
  auto error = tree->parser.allocate(length, max_depth);
  if (error == simdjson::SUCCESS) {
    error = tree->parser.parse(bytes, length, true).error();
  }
  if (error == simdjson::SUCCESS) {
    *status = MARTLET_JSON_TREE_OK;
    return tree;
  }
  delete tree;
  switch (error) {
  case simdjson::DEPTH_ERROR:
    *status = MARTLET_JSON_TREE_TOO_DEEP;
    break;
  case simdjson::MEMALLOC:
    *status = MARTLET_JSON_TREE_NO_MEMORY;
    break;
  default:
    *status = MARTLET_JSON_TREE_MALFORMED;
  }
  return nullptr;
}

extern "C" const uint64_t *martlet_json_tree_tape(const martlet_json_tree *tree) {
  return tree->parser.doc.tape.get();
}

extern "C" const uint8_t *martlet_json_tree_strings(const martlet_json_tree *tree) {
  return tree->parser.doc.string_buf.get();
}

extern "C" void martlet_json_tree_free(martlet_json_tree *tree) { delete tree; }
