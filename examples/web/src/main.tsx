// Opens the page: one line to the server, one React root.
import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { line } from './line';
import './ui/theme.css';
import './ui/controls.css';

const page = document.getElementById('page');
if (!page) throw new Error('index.html must have an element with the id "page" for the chat to live in.');

createRoot(page).render(
  <StrictMode>
    <ApolloProvider client={line.client}>
      <App />
    </ApolloProvider>
  </StrictMode>,
);
