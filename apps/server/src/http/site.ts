import { fail } from '@kaibo/contract/core/fail'

export type SiteNeeds = {
  /** Address at which people reach the site, when the operator set one. */
  publicUrl: string
  /** Host and port when a caller names none: HTTP/1.0. */
  fallbackHost: string
}

/** Where people find this site, as far as the operator or their request tells. */
export type Site = {
  /** Whether people reach the site over https. */
  readonly secure: boolean
  /**
   * The host that addresses handed out are built on: the public one, or the one that the caller
   * used. `Host` is the caller's word, so it must look like one. Throws `request.invalid`.
   */
  hostOf(named: string | undefined): string
  /** Whether an `Origin` header names this site. */
  isOurs(origin: string, host: string | undefined): boolean
}

/** A name, an IPv4 address or a bracketed IPv6 one, and a port: nothing that could end a directive. */
const hostForm = /^([a-z0-9]([a-z0-9._-]{0,252})|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i

export function createSite({ publicUrl, fallbackHost }: SiteNeeds): Site {
  const known = publicUrl ? new URL(publicUrl) : null
  const secure = known?.protocol === 'https:'
  return {
    secure,
    hostOf(named) {
      if (known) return known.host
      if (!named) return fallbackHost
      if (!hostForm.test(named)) throw fail('request.invalid', { part: 'headers', field: 'host' })
      return named
    },
    isOurs(origin, host) {
      if (origin === known?.origin) return true
      const { host: pageHost, protocol } = URL.canParse(origin)
        ? new URL(origin)
        : { host: '', protocol: '' }
      // A page of ours over plain http could be anybody's when the site itself is https.
      return pageHost !== '' && pageHost === host && (!secure || protocol === 'https:')
    },
  }
}
