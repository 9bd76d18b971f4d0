import { fail } from '@kaibo/contract/core/fail'
import type { ImageReviewer } from '@kaibo/modules/patrol'
import { createImageHttp } from '@kaibo/providers/image-http'
import { createImagePlain } from '@kaibo/providers/image-plain'
import { createPaymentSandbox } from '@kaibo/providers/payment-sandbox'
import { createSmsOutbox } from '@kaibo/providers/sms-outbox'
import { apiUrl } from '../config.ts'
import { liveCallbackSecretOf } from '../secrets.ts'
import type { Base } from './base.ts'
import { composeStores } from './keep/stores.ts'
import { composeLive, type LiveLate } from './live.ts'

export type Providers = ReturnType<typeof composeProviders>

/** What stands outside: files, text messages, payment, live. */
export function composeProviders(base: Base, late: LiveLate) {
  const { config, database, clock, deriveKey, isServing, isDemo } = base
  const outboxSms = isDemo
    ? createSmsOutbox({ dataDir: config.KAIBO_DATA_DIR, allowed: isDemo, clock })
    : null
  const sandbox = isDemo
    ? createPaymentSandbox({
        database,
        clock,
        deriveKey,
        baseUrl: apiUrl(config),
        isServing,
        allowed: isDemo,
      })
    : null
  return {
    ...composeStores(base),
    outboxSms,
    sms: outboxSms ?? noSms,
    sandbox,
    liveProvider: composeLive(base, late),
    imageReviewer: composeReviewer(base),
    liveCallbackSecret: liveCallbackSecretOf(base.secrets),
  }
}

/** Who looks at pictures before people do; null = nobody. */
function composeReviewer({ config }: Base): ImageReviewer | null {
  switch (config.KAIBO_IMAGE_REVIEW) {
    case 'plain':
      return createImagePlain()
    case 'http':
      return createImageHttp({
        url: config.KAIBO_IMAGE_REVIEW_URL,
        token: config.KAIBO_IMAGE_REVIEW_TOKEN,
      })
    case 'none':
      return null
  }
}

/** Production mode without an SMS service: nobody can be sent a code. */
const noSms = {
  send: () => Promise.reject(fail('server.busy')),
}
