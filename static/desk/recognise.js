// Which of the form's texts are those that were read from the source? By their words:
// the numbers of rows and blocks are those of the reading, and editors move and merge.

const SHORTEST_PART = 20
const FEWEST_WORDS = 5
const LIKENESS = 0.7

// For each reading (the texts of its lines), the indexes of the texts that hold it.
export function recognise(readings, texts) {
  const known = readings.map((lines) => [lines.join(" "), ...lines])
  const found = readings.map(() => [])
  const taken = new Set()
  const take = (reading, indexes) => {
    found[reading].push(...indexes)
    indexes.forEach((index) => taken.add(index))
  }
  for (const isSame of [equals, holds]) {
    known.forEach((candidates, reading) => {
      if (!found[reading].length) take(reading, matching(isSame, candidates))
    })
  }
  known.forEach(([whole], reading) => {
    if (!found[reading].length) take(reading, mostLike(whole))
  })
  return found

  function matching(isSame, candidates) {
    const free = texts.flatMap((text, index) => (taken.has(index) ? [] : [index]))
    const indexes = free.filter((index) =>
      candidates.some((candidate) => isSame(squeeze(candidate), squeeze(texts[index]))),
    )
    // Two copies of one text stand for two readings, in their order.
    return isSame === equals ? indexes.slice(0, 1) : indexes
  }

  function mostLike(whole) {
    let best = { likeness: LIKENESS }
    texts.forEach((text, index) => {
      const likeness = taken.has(index) ? 0 : likenessOf(whole, text)
      if (likeness >= best.likeness) best = { likeness, index }
    })
    return best.index === undefined ? [] : [best.index]
  }
}

function equals(one, other) {
  return one !== "" && one === other
}

// A paragraph that an editor split, or joined to its neighbour.
function holds(one, other) {
  const [part, whole] = one.length < other.length ? [one, other] : [other, one]
  return part.length >= SHORTEST_PART && whole.includes(part)
}

// What share of their words two texts have in common.
function likenessOf(one, other) {
  const [ours, theirs] = [words(one), words(other)]
  if (Math.min(ours.length, theirs.length) < FEWEST_WORDS) return 0
  const left = [...theirs]
  const common = ours.filter((word) => {
    const at = left.indexOf(word)
    return at >= 0 && left.splice(at, 1)
  })
  return (2 * common.length) / (ours.length + theirs.length)
}

function words(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

// Spaces and unseen signs are where a reading and its story may differ.
function squeeze(text) {
  return text.replace(/[\s\p{C}]+/gu, "")
}
