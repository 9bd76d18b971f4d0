import { cleanHtml, filesIn } from './clean.ts'

/** Rich text 富文本 that people write and others are shown. */
export type RichText = {
  /** What may be shown of it, on the way in. */
  clean(html: string): string
  /** The files whose pictures a clean text shows. */
  filesIn(html: string): string[]
}

export const createRichText = (): RichText => ({ clean: cleanHtml, filesIn })
