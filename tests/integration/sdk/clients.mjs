// SPDX-FileCopyrightText: 2026 The Signalbox authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official client libraries, unmodified but for base URL and key, through a gateway in front of the provider simulator.
// GATEWAY_URL, OPENAI_KEY and ANTHROPIC_KEY say where; each check prints "ok NAME" or throws.
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const url = process.env.GATEWAY_URL;
const openai = new OpenAI({ baseURL: `${url}/openai/v1`, apiKey: process.env.OPENAI_KEY, maxRetries: 0 });
const anthropic = new Anthropic({ baseURL: `${url}/claude`, apiKey: process.env.ANTHROPIC_KEY, maxRetries: 0 });
const question = [{ role: 'user', content: 'What does a gateway do?' }];
// 3 for the conversation, 3 for the message, 5 words: the simulator's counting rule.
const promptTokens = 11;
const words = (text) => text.split(/\s+/).filter(Boolean).length;

async function check(name, body) {
  await body();
  console.log(`ok ${name}`);
}

await check('openai chat', async () => {
  const answer = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: question });
  assert.match(answer.choices[0].message.content, /What does a gateway do\?/);
  assert.equal(answer.usage.prompt_tokens, promptTokens);
  assert.equal(answer.usage.completion_tokens, words(answer.choices[0].message.content));
});

await check('openai chat stream', async () => {
  const stream = await openai.chat.completions.create({
    model: 'gpt-4o-mini', messages: question, stream: true, stream_options: { include_usage: true },
  });
  let text = '';
  let usage = null;
  let finish = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    finish ??= chunk.choices[0]?.finish_reason ?? null;
    usage = chunk.usage ?? usage;
  }
  const whole = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: question });
  assert.equal(text, whole.choices[0].message.content);
  assert.equal(finish, 'stop');
  assert.deepEqual([usage.prompt_tokens, usage.completion_tokens], [promptTokens, words(text)]);
});

await check('openai chat stream without usage asked for', async () => {
  const stream = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: question, stream: true });
  let chunks = 0;
  for await (const chunk of stream) {
    chunks += 1;
    assert.equal(chunk.usage ?? null, null);
    assert.notEqual(chunk.choices.length, 0); // no usage chunk that nobody asked for
  }
  assert.ok(chunks > 5);
});

await check('openai tool call', async () => {
  const runner = openai.chat.completions.stream({
    model: 'gpt-4o-mini', messages: question, tool_choice: 'required',
    tools: [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: { query: { type: 'string' } } } } }],
  });
  const message = await runner.finalMessage();
  assert.equal(message.tool_calls[0].function.name, 'look_up');
  assert.equal(JSON.parse(message.tool_calls[0].function.arguments).query, 'What does a gateway do?');
});

await check('openai completion maximum', async () => {
  const answer = await openai.chat.completions.create({ model: 'gpt-4o-mini', messages: question, max_completion_tokens: 4 });
  assert.equal(answer.usage.completion_tokens, 4);
  assert.equal(answer.choices[0].finish_reason, 'length');
});

await check('openai embeddings', async () => {
  const answer = await openai.embeddings.create({ model: 'text-embedding-3-small', input: ['one two', 'three'], dimensions: 32 });
  assert.equal(answer.data.length, 2);
  assert.equal(answer.data[0].embedding.length, 32);
  assert.equal(answer.usage.prompt_tokens, 3);
});

await check('openai responses', async () => {
  const answer = await openai.responses.create({ model: 'gpt-4o-mini', input: 'What does a gateway do?' });
  assert.equal(answer.usage.input_tokens, promptTokens);
  assert.equal(answer.usage.output_tokens, words(answer.output_text));
});

await check('openai responses stream', async () => {
  let text = '';
  let completed = null;
  const stream = await openai.responses.create({ model: 'gpt-4o-mini', input: 'What does a gateway do?', stream: true });
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta') text += event.delta;
    if (event.type === 'response.completed') completed = event.response;
  }
  assert.equal(completed.usage.output_tokens, words(text));
});

await check('openai models', async () => {
  const ids = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  assert.ok(ids.length > 0);
});

await check('openai errors', async () => {
  const stranger = new OpenAI({ baseURL: `${url}/openai/v1`, apiKey: 'sbx_nobody_0000000000000000', maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model: 'gpt-4o-mini', messages: question }), (error) => {
    assert.ok(error instanceof OpenAI.AuthenticationError, String(error));
    assert.equal(error.code, 'invalid_api_key');
    return true;
  });
  await assert.rejects(openai.chat.completions.create({ model: 'sim-missing', messages: question }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError, String(error));
    assert.equal(error.code, 'model_not_found');
    return true;
  });
  await assert.rejects(openai.chat.completions.create({ model: 'sim-429', messages: question }), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError, String(error));
    assert.ok(Number(error.headers.get('retry-after')) >= 1);
    return true;
  });
  await assert.rejects(openai.chat.completions.create({ messages: question }), OpenAI.BadRequestError);
  const broken = await openai.chat.completions.create({ model: 'sim-error-mid', messages: question, stream: true });
  await assert.rejects(async () => { for await (const chunk of broken) assert.ok(chunk); }, OpenAI.APIError);
});

await check('openai stream that is cut never looks complete', async () => {
  const stream = await openai.chat.completions.create({ model: 'sim-cut-stream', messages: question, stream: true });
  await assert.rejects(async () => { for await (const chunk of stream) assert.ok(chunk); });
});

await check('anthropic message', async () => {
  const answer = await anthropic.messages.create({ model: 'claude-3-5-haiku-latest', max_tokens: 500, messages: question });
  assert.equal(answer.content[0].type, 'text');
  assert.equal(answer.usage.input_tokens, promptTokens);
  assert.equal(answer.usage.output_tokens, words(answer.content[0].text));
});

await check('anthropic stream', async () => {
  const stream = anthropic.messages.stream({ model: 'claude-3-5-haiku-latest', max_tokens: 500, messages: question });
  let text = '';
  stream.on('text', (piece) => { text += piece; });
  const message = await stream.finalMessage();
  assert.equal(message.content[0].text, text);
  assert.equal(message.usage.output_tokens, words(text));
  assert.equal(message.stop_reason, 'end_turn');
});

await check('anthropic tool use stream', async () => {
  const stream = anthropic.messages.stream({
    model: 'claude-3-5-haiku-latest', max_tokens: 500, messages: question, tool_choice: { type: 'any' },
    tools: [{ name: 'look_up', description: 'finds things', input_schema: { type: 'object', properties: { query: { type: 'string' } } } }],
  });
  const message = await stream.finalMessage();
  assert.equal(message.content[0].input.query, 'What does a gateway do?');
});

await check('anthropic errors', async () => {
  const stranger = new Anthropic({ baseURL: `${url}/claude`, apiKey: 'sbx_nobody_0000000000000000', maxRetries: 0 });
  const ask = (client, model) => client.messages.create({ model, max_tokens: 50, messages: question });
  await assert.rejects(ask(stranger, 'claude-3-5-haiku-latest'), (error) => {
    assert.ok(error instanceof Anthropic.AuthenticationError, String(error));
    assert.equal(error.error?.type, 'error');
    return true;
  });
  await assert.rejects(ask(anthropic, 'sim-missing'), Anthropic.NotFoundError);
  await assert.rejects(ask(anthropic, 'sim-429'), Anthropic.RateLimitError);
  const broken = await anthropic.messages.create({ model: 'sim-error-mid', max_tokens: 50, messages: question, stream: true });
  await assert.rejects(async () => { for await (const event of broken) assert.ok(event); }, Anthropic.APIError);
});
