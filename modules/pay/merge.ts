/** A list that is read page by page in the order of its keys. */
export type Source<T> = {
  keyOf(item: T): string
  /** The next items after a key; fewer than {@link pageMax} are the last. */
  page(after: string | null): Promise<readonly T[]>
}

export type Pair<L, R> = { readonly key: string; readonly left?: L; readonly right?: R }

/** Items of one page. */
export const pageMax = 500
const pagesMax = 10_000

/** Walks two sources side by side and pairs what has the same key. */
export async function* sideBySide<L, R>(
  leftSource: Source<L>,
  rightSource: Source<R>,
): AsyncGenerator<Pair<L, R>> {
  const [lefts, rights] = [itemsOf(leftSource), itemsOf(rightSource)]
  let [left, right] = [await lefts.next(), await rights.next()]
  while (!left.done || !right.done) {
    const leftKey = left.done ? undefined : leftSource.keyOf(left.value)
    const rightKey = right.done ? undefined : rightSource.keyOf(right.value)
    const key = leftKey === undefined || (rightKey ?? leftKey) < leftKey ? rightKey : leftKey
    const isLeft = leftKey === key
    const isRight = rightKey === key
    yield {
      key: key ?? '',
      ...(isLeft && !left.done && { left: left.value }),
      ...(isRight && !right.done && { right: right.value }),
    }
    if (isLeft) left = await lefts.next()
    if (isRight) right = await rights.next()
  }
}

async function* itemsOf<T>(source: Source<T>): AsyncGenerator<T, undefined> {
  for await (const items of pagesOf(source)) yield* items
}

/** The pages of a source. */
export async function* pagesOf<T>({ page, keyOf }: Source<T>): AsyncGenerator<readonly T[]> {
  let after: string | null = null
  for (let number = 0; number < pagesMax; number++) {
    const items: readonly T[] = await page(after)
    yield items
    const last = items.at(-1)
    if (last === undefined || items.length < pageMax) return
    after = keyOf(last)
  }
}
