// Loaded before a server that would listen on all addresses: it listens on this machine's own only.
const net = require('node:net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, rest.find((argument) => typeof argument === 'function'));
};
