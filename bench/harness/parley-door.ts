// The few things that are asked of our own server outside of any measurement.
const PASSWORD = 'a long walk in the garden';

async function post(port: number, cookie: string | null, query: string, variables: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify({ query, variables }),
  });
}

async function dataOf<T>(response: Response): Promise<T> {
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(`The server refused: ${JSON.stringify(errors)}`);
  return data;
}

export async function askParley<T>(port: number, cookie: string | null, query: string, variables: object): Promise<T> {
  return dataOf<T>(await post(port, cookie, query, variables));
}

export async function signUp(port: number, username: string): Promise<{ cookie: string; id: string }> {
  const response = await post(
    port,
    null,
    'mutation Join($input: SignUpInput!) { signUp(input: $input) { user { id } } }',
    { input: { username, password: PASSWORD } },
  );
  const { signUp } = await dataOf<{ signUp: { user: { id: string } } }>(response);
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return { cookie, id: signUp.user.id };
}
