#ifndef MARTLET_JSON_TREE_H
#define MARTLET_JSON_TREE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// A parsed document that owns its memory.
typedef struct martlet_json_tree martlet_json_tree;

// What went wrong; the caller finds out where by reading the text again.
typedef enum {
  MARTLET_JSON_TREE_OK = 0,
  MARTLET_JSON_TREE_MALFORMED = 1,
  MARTLET_JSON_TREE_TOO_DEEP = 2,
  MARTLET_JSON_TREE_NO_MEMORY = 3,
} martlet_json_tree_status;

// Parses `length` bytes, which need no padding. Returns null and sets `status` on failure.
// The result must be given to martlet_json_tree_free.
martlet_json_tree *martlet_json_tree_parse(const uint8_t *bytes, size_t length, size_t max_depth,
                                           martlet_json_tree_status *status);

// The words of the document in order, valid while the tree lives. The top 8 bits of a word are its type:
//   'r'       first word, and again last
//   '{' '['   low 32 bits: index of the word after the closing one; next 24 bits: number of members, or
//             0xFFFFFF when there are more
//   '}' ']'   end
//   '"'       low 56 bits: offset in martlet_json_tree_strings of a 4-byte length in the machine's byte order, then the
//             text in valid UTF-8
//   'l' 'u' 'd'  the next word is an int64_t, uint64_t, double
//   't' 'f' 'n'  true, false, null
// A member of an object is a '"' word followed by its value.
const uint64_t *martlet_json_tree_tape(const martlet_json_tree *tree);
const uint8_t *martlet_json_tree_strings(const martlet_json_tree *tree);

void martlet_json_tree_free(martlet_json_tree *tree);

#ifdef __cplusplus
}
#endif

#endif
