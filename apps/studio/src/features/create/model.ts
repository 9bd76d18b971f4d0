/** The server takes no larger picture, and judges its kind by its bytes. */
export const coverBytesMax = 5 * 1024 * 1024
export const coverTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
export const titleMax = 40

export type CoverProblem = 'cover.wrongType' | 'cover.tooLarge'

/** What is wrong with a picture before it travels; null when nothing is. */
export function coverProblem(file: { type: string; size: number }): CoverProblem | null {
  if (!coverTypes.some(type => type === file.type)) return 'cover.wrongType'
  return file.size > coverBytesMax ? 'cover.tooLarge' : null
}
