-- Each connection waits a millisecond between an answer and its next request: the number of connections sets the rate.
function delay()
  return 1
end
