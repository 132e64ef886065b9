<?php
// Reads a card with PHP 8: php read_card.php FILE [front|back|auto]
// IDCARD_API is the address of the API, IDCARD_KEY a key where it wants one.
$api = getenv('IDCARD_API') ?: 'http://127.0.0.1:8000';
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => [
        'Content-Type: application/x-www-form-urlencoded',
        'Authorization: APPCODE ' . (getenv('IDCARD_KEY') ?: ''),
    ],
    'content' => http_build_query([
        'image' => base64_encode(file_get_contents($argv[1])),
        'id_card_side' => $argv[2] ?? 'auto',
        'detect_direction' => 'true',
    ]),
    'ignore_errors' => true,
    'timeout' => 30,
]]);
$answer = json_decode(file_get_contents("$api/ocr/idcard", false, $context), true);
if (isset($answer['error_code'])) {
    fwrite(STDERR, "{$answer['error_code']}: {$answer['error_msg']}\n");
    exit(1);
}
print_r($answer['msg']);
