package io.sipscope.http.shapes;

/// One message in the shape of a dialog.
///
/// @param byCaller whether the caller sent it, else the callee
/// @param method of a request, else `null`
/// @param status of a response, else `null`
/// @param retransmission whether it was sent before
record Bar(boolean byCaller, String method, Integer status, boolean retransmission) {}
