import { LlHlsOrigin } from './origin.ts'
import { Packager } from './packager.ts'

/** LL-HLS of one stream: what the stream feeds, and what players ask. */
export type LlHlsChannel = { readonly packager: Packager; readonly origin: LlHlsOrigin }

export const createLlHlsChannel = (): LlHlsChannel => {
  const origin = new LlHlsOrigin()
  return { packager: new Packager(origin), origin }
}
