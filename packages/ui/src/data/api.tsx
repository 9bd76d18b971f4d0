import { type Client, createClient } from '@kaibo/client/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** The API of the page's own server. */
export const api: Client = createClient({
  baseUrl: '',
  fetch: (input, init) => fetch(input, init),
  language: () => document.documentElement.lang || 'zh-CN',
})

const freshMs = 15_000
const isPassing = (status: unknown): boolean => status === 0 || status === 503

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      // A refusal stays a refusal; a lost network or a busy server is worth another try.
      retry: (count, error) => count < 2 && 'status' in error && isPassing(error.status),
      refetchOnWindowFocus: false,
    },
  },
})

/** Server state for an app: queries, cache and refetching. */
export const ApiProvider = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
)
