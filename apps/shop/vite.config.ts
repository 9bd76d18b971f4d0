import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Crumbs that every room needs, and other pages one or two of. */
const ofEveryRoom =
  /features.(sale.(sale-line|use-sales|model)|product.stock-note|chat.(use-chat|model|chat-words)|follow.follow-button)|live.(chat-feed|countdown)/

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What most routes share is one file: a dozen crumbs would compress worse and ask more often.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'base', minShareCount: 15 },
            { name: 'room', test: ofEveryRoom },
          ],
        },
      },
    },
  },
})
