/**
 * Finds all of many words in one pass over a text (Aho and Corasick, 1975). States and edges lie in
 * flat arrays, edges in a hash table: fifty thousand words take a few megabytes.
 */
export type Automaton = {
  /** Calls back for every occurrence: which word, and the end of it (exclusive). */
  scan(text: string, onWord: (word: number, end: number) => void): void
}

/** Builds an automaton for these words, each of them once and none of them empty. */
export function createAutomaton(words: readonly string[]): Automaton {
  const trie = plant(words)
  const { find } = trie
  const { fallback, shorter } = linkUp(trie)
  return {
    scan(text, onWord) {
      let state = 0
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at)
        let next = find(state, unit)
        while (next === 0 && state !== 0) {
          state = fallback[state] ?? 0
          next = find(state, unit)
        }
        state = next
        let found = trie.wordAt[state] ? state : (shorter[state] ?? 0)
        for (; found !== 0; found = shorter[found] ?? 0)
          onWord((trie.wordAt[found] ?? 0) - 1, at + 1)
      }
    },
  }
}

type Trie = {
  readonly stateCount: number
  readonly parents: Int32Array
  readonly units: Uint16Array
  readonly depths: Uint16Array
  /** The word that ends in a state, counted from 1; 0 = none. */
  readonly wordAt: Int32Array
  /** The state behind an edge; 0, the root, which no edge leads to = none. */
  readonly find: (state: number, unit: number) => number
}

function plant(words: readonly string[]): Trie {
  const statesMax = words.reduce((sum, word) => sum + word.length, 1)
  const edges = createEdges(statesMax)
  const trie = {
    parents: new Int32Array(statesMax),
    units: new Uint16Array(statesMax),
    depths: new Uint16Array(statesMax),
    wordAt: new Int32Array(statesMax),
  }
  let stateCount = 1
  for (const [index, word] of words.entries()) {
    let state = 0
    for (let at = 0; at < word.length; at += 1) {
      const unit = word.charCodeAt(at)
      let next = edges.find(state, unit)
      if (next === 0) {
        next = stateCount++
        edges.add(state, unit, next)
        trie.parents[next] = state
        trie.units[next] = unit
        trie.depths[next] = at + 1
      }
      state = next
    }
    trie.wordAt[state] = index + 1
  }
  return { ...trie, stateCount, find: edges.find }
}

/** Edges by state and unit: open addressing, at most half full. */
function createEdges(edgesMax: number) {
  const size = 2 ** Math.ceil(Math.log2(edgesMax * 2 + 2))
  const from = new Int32Array(size)
  const units = new Uint16Array(size)
  const to = new Int32Array(size)
  const slotOf = (state: number, unit: number): number => {
    let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) & (size - 1)
    while (to[slot] !== 0 && (from[slot] !== state || units[slot] !== unit))
      slot = (slot + 1) & (size - 1)
    return slot
  }
  return {
    find: (state: number, unit: number): number => to[slotOf(state, unit)] ?? 0,
    add(state: number, unit: number, next: number): void {
      const slot = slotOf(state, unit)
      from[slot] = state
      units[slot] = unit
      to[slot] = next
    },
  }
}

/**
 * For each state: where to go on when no edge fits, which is the state of its longest proper ending,
 * and the nearest of those endings that is a word.
 */
function linkUp({ stateCount, parents, units, depths, wordAt, find }: Trie) {
  const fallback = new Int32Array(stateCount)
  const shorter = new Int32Array(stateCount)
  for (const state of byDepth(depths, stateCount)) {
    const parent = parents[state] ?? 0
    const unit = units[state] ?? 0
    let ending = 0
    if (parent !== 0) {
      let from = fallback[parent] ?? 0
      ending = find(from, unit)
      while (ending === 0 && from !== 0) {
        from = fallback[from] ?? 0
        ending = find(from, unit)
      }
    }
    fallback[state] = ending
    shorter[state] = wordAt[ending] ? ending : (shorter[ending] ?? 0)
  }
  return { fallback, shorter }
}

/** The states but the root, shallow ones first: endings are linked before what they are endings of. */
function byDepth(depths: Uint16Array, stateCount: number): Int32Array {
  const ofDepth: number[] = []
  for (let state = 1; state < stateCount; state += 1) {
    const depth = depths[state] ?? 0
    ofDepth[depth] = (ofDepth[depth] ?? 0) + 1
  }
  const places: number[] = []
  for (let depth = 1, before = 0; depth < ofDepth.length; depth += 1) {
    places[depth] = before
    before += ofDepth[depth] ?? 0
  }
  const ordered = new Int32Array(stateCount - 1)
  for (let state = 1; state < stateCount; state += 1) {
    const depth = depths[state] ?? 0
    const place = places[depth] ?? 0
    ordered[place] = state
    places[depth] = place + 1
  }
  return ordered
}
