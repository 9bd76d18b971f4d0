/** A request as it arrived, for providers that speak their own protocol: raw bytes are kept. */
export type EdgeRequest = {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly rawBody: Uint8Array
}

export type EdgeReply = {
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A route outside the contract: callbacks of vendors, and the pages of an embedded provider. */
export type Edge = {
  readonly method: 'GET' | 'POST'
  /** From the root, with `:name` parameters. */
  readonly path: string
  handle(request: EdgeRequest): Promise<EdgeReply>
}
