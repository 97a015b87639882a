// Which of the form's texts are those that were read from the source? By their words:
// the numbers of rows and blocks are those of the reading, and editors move and merge.

const SHORTEST_PART = 20
const FEWEST_WORDS = 5
const LIKENESS = 0.7

// For each reading (the texts of its lines), the indexes of the texts that hold it.
export function recognise(readings, texts) {
  const found = readings.map(() => [])
  const free = new Set(texts.keys())
  readings.forEach((lines, i) => {
    // Two copies of one text stand for two readings, in their order.
    found[i] = [...free].filter(holding(lines, equals)).slice(0, 1)
    found[i].forEach((index) => free.delete(index))
  })
  for (const match of [
    (lines) => [...free].filter(holding(lines, holds)),
    (lines) => mostLike(lines.join(" "), [...free]),
  ]) {
    const more = readings.map((lines, i) => (found[i].length ? [] : match(lines)))
    more.forEach((indexes, i) => found[i].push(...indexes))
    more.flat().forEach((index) => free.delete(index))
  }
  return found

  function holding(lines, isSame) {
    const known = [lines.join(" "), ...lines].map(squeeze)
    return (index) => known.some((text) => isSame(text, squeeze(texts[index])))
  }

  function mostLike(whole, indexes) {
    const likenesses = indexes.map((index) => likenessOf(whole, texts[index]))
    const best = Math.max(...likenesses)
    return best >= LIKENESS ? [indexes[likenesses.indexOf(best)]] : []
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

// Spaces and invisible characters are where a reading and its story may differ.
function squeeze(text) {
  return text.replace(/[\s\p{C}]+/gu, "")
}
