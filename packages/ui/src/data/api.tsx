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

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      // A refusal stays a refusal; only a lost network is worth another try.
      retry: (count, error) => count < 2 && 'status' in error && error.status === 0,
      refetchOnWindowFocus: false,
    },
  },
})

/** Server state for an app: queries, cache and refetching. */
export const ApiProvider = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
)
