type Question<T> = {
  id: string
  resolve: (answer: T | null) => void
  reject: (reason: unknown) => void
}

/** Asks for single things, which come at the same time, with as few requests as there can be. */
export function askTogether<T>(
  askMany: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  { batchMax }: { batchMax: number },
): (id: string) => Promise<T | null> {
  let waiting: Question<T>[] = []
  const send = async (questions: readonly Question<T>[]): Promise<void> => {
    try {
      const answers = await askMany(questions.map(({ id }) => id))
      for (const { id, resolve } of questions) resolve(answers.get(id) ?? null)
    } catch (reason) {
      for (const { reject } of questions) reject(reason)
    }
  }
  const flush = () => {
    const questions = waiting
    waiting = []
    for (let from = 0; from < questions.length; from += batchMax)
      void send(questions.slice(from, from + batchMax))
  }
  return id =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setTimeout(flush)
      waiting.push({ id, resolve, reject })
    })
}
